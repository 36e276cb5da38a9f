import Calling

extension CallSentence {
    static let german: [CallSentence: String] = [
        .consent:
            "Um Sie anhand Ihrer Stimme zu erkennen, möchten wir einen Stimmabdruck von Ihnen speichern. Sie "
            + "können ihn jederzeit löschen lassen. Drücken Sie die 1, um zuzustimmen, oder die 2, um abzulehnen.",
        .consentAgain:
            "Bitte drücken Sie die 1, wenn wir einen Stimmabdruck von Ihnen speichern dürfen, oder die 2, um "
            + "abzulehnen.",
        .enrollFirst: "Ich möchte Ihre Stimme kennenlernen. Bitte sprechen Sie nach dem Ton diesen Satz.",
        .enrollNext: "Danke. Bitte sprechen Sie nach dem Ton diesen Satz.",
        .verify: "Bitte weisen Sie sich mit Ihrer Stimme aus. Sprechen Sie nach dem Ton diesen Satz.",
        .silence: "Ich habe nichts gehört.",
        .unclear: "Diese Aufnahme konnte ich nicht verwenden. Bitte sprechen Sie deutlich und in ruhiger Umgebung.",
        .tooQuiet: "Das war zu leise. Bitte sprechen Sie lauter.",
        .tooLoud: "Das war zu laut. Bitte sprechen Sie leiser.",
        .pauses: "Ich habe zu wenig von dem Satz gehört. Bitte sprechen Sie ohne Pausen.",
        .otherWords: "Das war etwas anderes. Bitte sprechen Sie genau diesen Satz.",
        .failed: "Ich konnte Ihre Stimme nicht erkennen.",
        .verified: "Danke, ich habe Ihre Stimme erkannt.",
        .lockedOut: "Leider waren es zu viele Versuche.",
        .declined: "In Ordnung, wir speichern keinen Stimmabdruck von Ihnen.",
        .optedOut: "Sie möchten nicht anhand Ihrer Stimme erkannt werden.",
        .tooSilent: "Leider kann ich Sie immer noch nicht hören.",
        .tooUnclear: "Leider kann ich die Aufnahmen dieses Anrufs nicht verwenden.",
        .noChoice: "Ich habe Ihre Auswahl nicht verstanden.",
        .unlike: "Leider passen die Aufnahmen nicht zusammen. Beim nächsten Mal beginnen wir von vorn.",
        .notEnrolled: "Leider haben wir keinen Stimmabdruck von Ihnen, mit dem ich vergleichen könnte.",
        .unknown: "Leider kann ich diesen Anruf nicht zuordnen.",
        .trouble: "Leider funktioniert die Stimmerkennung gerade nicht.",
        .nothingHere: "Leider ist dieser Dienst nicht richtig eingerichtet.",
        .moment: "Einen Moment, bitte.",
    ]
}
