extension CallSentence {
    static let spanish: [CallSentence: String] = [
        .consent:
            "Para reconocerle por su voz, nos gustaría guardar su huella de voz. Puede pedir que la borremos "
            + "cuando quiera. Pulse 1 para aceptar o 2 para rechazar.",
        .consentAgain: "Por favor, pulse 1 si podemos guardar su huella de voz o 2 para rechazar.",
        .enrollFirst: "Vamos a registrar su voz. Después de la señal, diga esta frase.",
        .enrollNext: "Gracias. Después de la señal, diga esta frase.",
        .verify: "Por favor, identifíquese con su voz. Después de la señal, diga esta frase.",
        .silence: "No he oído nada.",
        .unclear: "No he podido usar esa grabación. Por favor, hable con claridad y en un lugar tranquilo.",
        .tooQuiet: "Ha hablado muy bajo. Por favor, hable más alto.",
        .tooLoud: "Ha hablado muy alto. Por favor, hable más bajo.",
        .pauses: "He oído muy poco de la frase. Por favor, dígala sin pausas.",
        .otherWords: "He oído otra cosa. Por favor, diga exactamente esta frase.",
        .failed: "No he podido reconocer su voz.",
        .verified: "Gracias, he reconocido su voz.",
        .lockedOut: "Lo siento, ha habido demasiados intentos.",
        .declined: "De acuerdo, no guardaremos su huella de voz.",
        .optedOut: "Usted ha pedido que no le reconozcamos por su voz.",
        .tooSilent: "Lo siento, sigo sin oírle.",
        .tooUnclear: "Lo siento, no puedo usar las grabaciones de esta llamada.",
        .noChoice: "No he entendido su elección.",
        .unlike: "Lo siento, las grabaciones no coinciden entre sí. La próxima vez empezaremos de nuevo.",
        .notEnrolled: "Lo siento, no tenemos ninguna huella de voz suya con la que comparar.",
        .unknown: "Lo siento, no puedo identificar esta llamada.",
        .trouble: "Lo siento, el reconocimiento de voz no funciona en este momento.",
        .nothingHere: "Lo siento, este servicio no está bien configurado.",
        .moment: "Un momento, por favor.",
    ]
}
