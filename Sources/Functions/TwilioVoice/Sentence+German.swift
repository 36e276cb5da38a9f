import Calling

extension Sentence {
    static let german: [Sentence: String] = [
        .consent:
            "Um Sie an der Stimme zu erkennen, möchten wir einen Stimmabdruck von Ihnen speichern. Sie können ihn jederzeit "
            + "löschen lassen. Drücken Sie 1, um zuzustimmen, oder 2, um abzulehnen.",
        .consentAgain:
            "Bitte drücken Sie 1, wenn wir einen Stimmabdruck von Ihnen speichern dürfen, oder 2, um abzulehnen.",
        .enrollFirst: "Ich möchte Ihre Stimme kennenlernen. Bitte sagen Sie nach dem Ton Folgendes.",
        .enrollNext: "Danke. Bitte sagen Sie nach dem nächsten Ton Folgendes.",
        .verify: "Bitte weisen Sie sich mit Ihrer Stimme aus. Sagen Sie nach dem Ton Folgendes.",
        .silence: "Ich habe nichts gehört.",
        .unclear: "Diese Aufnahme konnte ich nicht verwenden. Bitte sprechen Sie deutlich, in ruhiger Umgebung.",
        .tooQuiet: "Das war zu leise. Bitte sprechen Sie lauter.",
        .tooLoud: "Das war zu laut. Bitte sprechen Sie leiser.",
        .pauses: "Ich habe zu wenig gehört. Bitte sprechen Sie ohne Pausen.",
        .otherWords: "Ich habe andere Worte gehört. Bitte sagen Sie genau den Satz.",
        .failed: "Ich konnte Ihre Stimme nicht erkennen.",
        .verified: "Danke, ich habe Ihre Stimme erkannt.",
        .lockedOut: "Leider waren es zu viele Versuche.",
        .declined: "Gut, wir speichern keinen Stimmabdruck von Ihnen.",
        .optedOut: "Sie möchten nicht an der Stimme erkannt werden.",
        .tooSilent: "Leider kann ich Sie noch immer nicht hören.",
        .tooUnclear: "Leider kann ich die Aufnahmen dieses Anrufs nicht verwenden.",
        .noChoice: "Ich habe Ihre Auswahl nicht verstanden.",
        .unlike: "Leider passen die Aufnahmen nicht zusammen. Beim nächsten Mal beginnen wir von vorn.",
        .notEnrolled: "Leider gibt es keinen Stimmabdruck von Ihnen zum Vergleichen.",
        .unknown: "Leider kann ich diesen Anruf nicht zuordnen.",
        .trouble: "Leider funktioniert die Erkennung der Stimme gerade nicht.",
        .nothingHere: "Leider ist hier etwas nicht richtig eingerichtet.",
        .moment: "Einen Moment, bitte.",
    ]
}
