extension Sentence {
    static let spanish: [Sentence: String] = [
        .enterCode: "Por favor, introduzca su código.",
        .wrongCode: "Ese código no es correcto. Por favor, introduzca su código.",
        .noCode: "No he recibido ningún código. Por favor, introduzca su código.",
        .consent:
            "Para reconocerle por la voz, queremos guardar una huella de su voz. Puede pedir que se borre cuando quiera. "
            + "Pulse 1 para aceptar, o 2 para rechazar.",
        .consentAgain: "Por favor, pulse 1 si acepta que guardemos una huella de su voz, o 2 para rechazar.",
        .enrollFirst: "Quiero conocer su voz. Después de la señal, diga lo siguiente.",
        .enrollNext: "Gracias. Después de la señal, diga lo siguiente.",
        .verify: "Por favor, identifíquese con su voz. Después de la señal, diga lo siguiente.",
        .silence: "No he oído nada.",
        .unclear: "No he podido usar esa grabación. Por favor, hable con claridad, en un lugar tranquilo.",
        .failed: "No he podido reconocer su voz.",
        .verified: "Gracias, he reconocido su voz.",
        .enrolled: "Gracias, ya conozco su voz. Le comunico de nuevo.",
        .lockedOut: "Lo siento, ha habido demasiados intentos. Por favor, inténtelo más tarde. Adiós.",
        .declined: "De acuerdo, no guardamos ninguna huella de su voz. Adiós.",
        .optedOut: "Usted ha pedido que no se le reconozca por la voz. Adiós.",
        .tooSilent: "Lo siento, sigo sin oírle. Adiós.",
        .tooUnclear:
            "Lo siento, no puedo usar las grabaciones de esta llamada. Por favor, inténtelo desde otro lugar. Adiós.",
        .notEnrolled:
            "Lo siento, no hay ninguna huella de su voz con que comparar. Por favor, llame de nuevo. Adiós.",
        .unknown: "Lo siento, no puedo asignar esta llamada. Adiós.",
        .trouble:
            "Lo siento, el reconocimiento de voz no funciona en este momento. Por favor, inténtelo más tarde. Adiós.",
        .nothingHere: "Lo siento, aquí hay algo que no está bien configurado. Adiós.",
        .moment: "Un momento, por favor.",
    ]
}
