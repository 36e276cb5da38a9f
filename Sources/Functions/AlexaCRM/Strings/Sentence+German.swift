import Calling

extension Sentence {
    static let german: [Sentence: String] = [
        .welcome:
            "Willkommen bei deinem CRM-Assistenten. Frage nach deinem wichtigsten Lead, oder lege einen Lead an. "
            + "Was möchtest du?",
        .help: "Du kannst sagen: mein wichtigster Lead. Oder: lege einen Lead an. Was möchtest du?",
        .goodbye: "Auf Wiedersehen.",
        .fallback:
            "Das habe ich leider nicht verstanden. Frage nach deinem wichtigsten Lead, oder lege einen Lead an. "
            + "Was möchtest du?",
        .topLead: "An diesem Lead solltest du arbeiten: Der Name ist {name}, die E-Mail-Adresse ist {email}",
        .topLeadWithoutEmail:
            "An diesem Lead solltest du arbeiten: Der Name ist {name}. Eine E-Mail-Adresse ist nicht hinterlegt.",
        .topLeadTitle: "Dein wichtigster Lead",
        .noLead: "Ich habe keinen offenen Lead von dir gefunden.",
        .whichName: "Wie lauten Vor- und Nachname?",
        .whichCompany: "Von welcher Firma ist der Lead?",
        .confirm: "Ich lege einen Lead für {name} von {company} an. Ist das richtig?",
        .created: "Diesen Lead habe ich angelegt: {name}, {company}",
        .createdTitle: "Lead angelegt",
        .dropped: "Gut, ich habe den Lead nicht angelegt.",
        .wait: "Einen Moment, ich warte noch auf dein CRM.",
        .linkAccount:
            "Bitte verknüpfe zuerst dein CRM-Konto. Ich habe eine Karte an die Alexa-App geschickt: Öffne sie dort, und "
            + "melde dich an.",
        .linkAccountAgain:
            "Dein CRM akzeptiert deine Anmeldung nicht mehr. Ich habe eine Karte an die Alexa-App geschickt: Öffne sie "
            + "dort, und verknüpfe dein Konto noch einmal.",
        .accountRefused:
            "Dein CRM hat die Anmeldung des Skills nicht angenommen. Bitte sage es der Person, die ihn eingerichtet hat.",
        .forbidden: "Dein CRM erlaubt dir das nicht.",
        .duplicate: "So einen Lead gibt es in deinem CRM schon, deshalb habe ich ihn nicht angelegt.",
        .missingField:
            "Dein CRM verlangt mehr Angaben, als ich erfragen kann, deshalb habe ich den Lead nicht angelegt.",
        .notAccepted: "Dein CRM hat das nicht angenommen. Bitte versuche es mit anderen Worten.",
        .slow: "Dein CRM braucht zu lange für eine Antwort. Bitte versuche es später noch einmal.",
        .down: "Ich erreiche dein CRM gerade nicht. Bitte versuche es später noch einmal.",
        .unconfirmed:
            "Ich weiß nicht sicher, ob der Lead angelegt wurde. Bitte sieh in deinem CRM nach, bevor du es noch einmal "
            + "versuchst.",
    ]
}
