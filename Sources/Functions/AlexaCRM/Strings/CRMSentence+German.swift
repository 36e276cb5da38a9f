import Calling

extension CRMSentence {
    static let german: [CRMSentence: String] = [
        .welcome:
            "Willkommen bei deinem CRM-Assistenten. Du kannst nach deinem wichtigsten Lead fragen oder einen "
            + "neuen anlegen. Was möchtest du tun?",
        .help: "Sag zum Beispiel: Wer ist mein wichtigster Lead? Oder: Lege einen Lead an. Was möchtest du tun?",
        .goodbye: "Bis bald.",
        .fallback:
            "Das habe ich leider nicht verstanden. Du kannst nach deinem wichtigsten Lead fragen oder einen "
            + "neuen anlegen. Was möchtest du tun?",
        .topLead: "Dein wichtigster Lead ist {name}. Die E-Mail-Adresse lautet {email}.",
        .topLeadWithoutEmail: "Dein wichtigster Lead ist {name}. Eine E-Mail-Adresse ist nicht hinterlegt.",
        .topLeadTitle: "Dein wichtigster Lead",
        .noLead: "Du hast keine offenen Leads.",
        .helpName:
            "Nenne mir den Namen der Person, zum Beispiel: Anna Schmidt. Oder sag: Abbrechen. Wie lauten Vor- und "
            + "Nachname?",
        .helpCompany:
            "Nenne mir den Namen der Firma, zum Beispiel: Bäckerei Braun. Oder sag: Abbrechen. Wie heißt die Firma?",
        .helpConfirm:
            "Bei Ja lege ich den Lead an, bei Nein nicht. Es geht um {name} bei {company}. Stimmt das?",
        .nameAgain: "Das habe ich leider nicht verstanden. Wie lauten Vor- und Nachname?",
        .companyAgain: "Das habe ich leider nicht verstanden. Wie heißt die Firma?",
        .confirmAgain:
            "Das habe ich leider nicht verstanden. Ich lege einen Lead für {name} bei {company} an. Stimmt das?",
        .whichName: "Wie lauten Vor- und Nachname?",
        .whichCompany: "Wie heißt die Firma?",
        .confirm: "Ich lege einen Lead für {name} bei {company} an. Stimmt das?",
        .created: "Ich habe einen Lead für {name} bei {company} angelegt.",
        .createdTitle: "Lead angelegt",
        .dropped: "Okay, ich habe den Lead nicht angelegt.",
        .wait: "Einen Moment, ich warte noch auf dein CRM.",
        .linkAccount:
            "Bitte verknüpfe zuerst dein CRM-Konto. Ich habe dir eine Karte in die Alexa-App geschickt. Öffne "
            + "sie dort und melde dich an.",
        .linkAccountAgain:
            "Dein CRM akzeptiert deine Anmeldung nicht mehr. Ich habe dir eine Karte in die Alexa-App geschickt. "
            + "Öffne sie dort und verknüpfe dein Konto noch einmal.",
        .accountRefused:
            "Dein CRM hat die Anmeldung des Skills abgelehnt. Bitte wende dich an die Person, die ihn "
            + "eingerichtet hat.",
        .forbidden: "Dafür fehlt dir in deinem CRM die Berechtigung.",
        .duplicate: "So einen Lead gibt es in deinem CRM schon, deshalb habe ich keinen neuen angelegt.",
        .missingField:
            "Dein CRM verlangt mehr Angaben, als ich abfragen kann, deshalb habe ich den Lead nicht angelegt.",
        .notAccepted: "Dein CRM hat das nicht akzeptiert. Bitte versuche es mit anderen Worten.",
        .slow: "Dein CRM antwortet gerade zu langsam. Bitte versuche es später noch einmal.",
        .down: "Ich erreiche dein CRM gerade nicht. Bitte versuche es später noch einmal.",
        .unconfirmed:
            "Ich kann nicht sagen, ob der Lead angelegt wurde. Bitte sieh in deinem CRM nach, bevor du es noch "
            + "einmal versuchst.",
    ]
}
