extension Sentence {
    static let german: [Sentence: String] = [
        .enterCode: "Bitte geben Sie Ihren Code ein.",
        .wrongCode: "Dieser Code stimmt nicht. Bitte geben Sie Ihren Code ein.",
        .noCode: "Ich habe keinen Code erhalten. Bitte geben Sie Ihren Code ein.",
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
        .failed: "Ich konnte Ihre Stimme nicht erkennen.",
        .verified: "Danke, ich habe Ihre Stimme erkannt.",
        .enrolled: "Danke, ich kenne Ihre Stimme jetzt. Ich verbinde Sie zurück.",
        .lockedOut:
            "Leider waren es zu viele Versuche. Bitte versuchen Sie es später noch einmal. Auf Wiederhören.",
        .declined: "Gut, wir speichern keinen Stimmabdruck von Ihnen. Auf Wiederhören.",
        .optedOut: "Sie möchten nicht an der Stimme erkannt werden. Auf Wiederhören.",
        .tooSilent: "Leider kann ich Sie noch immer nicht hören. Auf Wiederhören.",
        .tooUnclear:
            "Leider kann ich die Aufnahmen dieses Anrufs nicht verwenden. Bitte versuchen Sie es von einem anderen Ort. "
            + "Auf Wiederhören.",
        .notEnrolled:
            "Leider gibt es keinen Stimmabdruck von Ihnen zum Vergleichen. Bitte rufen Sie noch einmal an. "
            + "Auf Wiederhören.",
        .unknown: "Leider kann ich diesen Anruf nicht zuordnen. Auf Wiederhören.",
        .trouble:
            "Leider funktioniert die Erkennung der Stimme gerade nicht. Bitte versuchen Sie es später noch einmal. "
            + "Auf Wiederhören.",
        .nothingHere: "Leider ist hier etwas nicht richtig eingerichtet. Auf Wiederhören.",
        .moment: "Einen Moment, bitte.",
    ]
}
