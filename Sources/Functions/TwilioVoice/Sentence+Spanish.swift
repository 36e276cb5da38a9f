extension Sentence {
    static let spanish: [Sentence: String] = [
        .consent:
            "Para reconocerle por la voz, queremos guardar una huella de su voz. Puede pedir que se borre cuando quiera. "
            + "Pulse 1 para aceptar, o 2 para rechazar.",
        .consentAgain: "Por favor, pulse 1 si acepta que guardemos una huella de su voz, o 2 para rechazar.",
        .enrollFirst: "Quiero conocer su voz. Después de la señal, diga lo siguiente.",
        .enrollNext: "Gracias. Después de la señal, diga lo siguiente.",
        .verify: "Por favor, identifíquese con su voz. Después de la señal, diga lo siguiente.",
        .silence: "No he oído nada.",
        .unclear: "No he podido usar esa grabación. Por favor, hable con claridad, en un lugar tranquilo.",
        .tooQuiet: "Ha hablado muy bajo. Por favor, hable más alto.",
        .tooLoud: "Ha hablado muy alto. Por favor, hable más bajo.",
        .pauses: "He oído muy poco. Por favor, hable sin pausas.",
        .otherWords: "He oído otras palabras. Por favor, diga exactamente la frase.",
        .failed: "No he podido reconocer su voz.",
        .verified: "Gracias, he reconocido su voz.",
        .lockedOut: "Lo siento, ha habido demasiados intentos.",
        .declined: "De acuerdo, no guardamos ninguna huella de su voz.",
        .optedOut: "Usted ha pedido que no se le reconozca por la voz.",
        .tooSilent: "Lo siento, sigo sin oírle.",
        .tooUnclear: "Lo siento, no puedo usar las grabaciones de esta llamada.",
        .noChoice: "No he entendido su elección.",
        .unlike: "Lo siento, las grabaciones no coinciden entre sí. La próxima vez empezaremos de nuevo.",
        .notEnrolled: "Lo siento, no hay ninguna huella de su voz con que comparar.",
        .unknown: "Lo siento, no puedo identificar esta llamada.",
        .trouble: "Lo siento, el reconocimiento de voz no funciona en este momento.",
        .nothingHere: "Lo siento, aquí hay algo que no está bien configurado.",
        .moment: "Un momento, por favor.",
    ]
}
