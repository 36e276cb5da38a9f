extension Sentence {
    static let spanish: [Sentence: String] = [
        .welcome: "Aquí tienes un chiste al azar de tu Jokebox",
        .pausing: "Pausando.",
        .resuming: "Reanudando.",
        .stopping: "Parando.",
        .loopOn: "Después de cada chiste seguiré con otro.",
        .loopOff: "Pararé después de este chiste.",
        .shuffleOn: "Los pondré en orden aleatorio.",
        .shuffleOff: "Los pondré uno tras otro.",
        .onlyWhilePlaying: "Solo puedo hacerlo mientras suena algo. Puedes decir: cuéntame un chiste. ¿Qué quieres?",
        .notKept: "Ahora mismo no puedo recordarlo. Inténtalo más tarde.",
        .help:
            "Puedes decir: cuéntame un chiste. Mientras suena uno: pausa, continúa, siguiente, anterior, repite, "
            + "activa la repetición o desactiva el modo aleatorio. ¿Qué quieres?",
        .fallback: "Perdona, no te he entendido. Puedes decir: cuéntame un chiste. ¿Qué quieres?",
        .helpWhilePlaying:
            "Puedes decir: pausa, continúa, siguiente, anterior, repite, activa la repetición, desactiva el modo aleatorio o para.",
        .fallbackWhilePlaying: "Perdona, no te he entendido.",
        .nothingToPlay: "No hay nada que continuar. Puedes decir: cuéntame un chiste. ¿Qué quieres?",
        .empty: "Tu Jokebox está vacía. Añade algunos archivos de audio.",
        .bucketMissing: "No encuentro tu Jokebox. Avisa a quien la configuró.",
        .refused: "No tengo permiso para abrir tu Jokebox. Avisa a quien la configuró.",
        .slow: "Tu Jokebox tarda demasiado en responder. Inténtalo de nuevo.",
        .down: "Ahora mismo no puedo acceder a tu Jokebox. Inténtalo más tarde.",
        .failed: "Lo siento, algo ha salido mal. Inténtalo más tarde.",
    ]
}
