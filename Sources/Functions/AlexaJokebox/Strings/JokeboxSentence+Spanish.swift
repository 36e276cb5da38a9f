extension JokeboxSentence {
    static let spanish: [JokeboxSentence: String] = [
        .welcome: "Aquí tienes un chiste al azar de tu Jokebox.",
        .pausing: "En pausa.",
        .resuming: "Continúo.",
        .stopping: "Paro.",
        .loopOn: "Vale, después de cada chiste pondré otro.",
        .loopOff: "Vale, pararé después de este chiste.",
        .shuffleOn: "Vale, los pondré en orden aleatorio.",
        .shuffleOff: "Vale, los pondré en orden.",
        .onlyWhilePlaying:
            "Eso solo funciona mientras suena un chiste. Puedes decir: cuéntame un chiste. ¿Qué quieres hacer?",
        .notKept: "Ahora mismo no puedo guardar eso. Inténtalo más tarde.",
        .help:
            "Puedes decir: cuéntame un chiste. Mientras suena uno, puedes decir: pausa, continúa, siguiente, "
            + "anterior, repite, activa la repetición o desactiva el modo aleatorio. ¿Qué quieres hacer?",
        .fallback: "Perdona, no te he entendido. Puedes decir: cuéntame un chiste. ¿Qué quieres hacer?",
        .helpWhilePlaying:
            "Puedes decir: pausa, continúa, siguiente, anterior, repite, activa la repetición, desactiva el modo "
            + "aleatorio o para.",
        .fallbackWhilePlaying: "Perdona, no te he entendido.",
        .nothingToPlay: "No hay nada en pausa. Puedes decir: cuéntame un chiste. ¿Qué quieres hacer?",
        .empty: "Tu Jokebox está vacía. Añade algunos archivos de audio.",
        .bucketMissing: "No encuentro tu Jokebox. Avisa a la persona que la configuró.",
        .refused: "No tengo permiso para abrir tu Jokebox. Avisa a la persona que la configuró.",
        .slow: "Tu Jokebox tarda demasiado en responder. Inténtalo de nuevo.",
        .down: "Ahora mismo no puedo acceder a tu Jokebox. Inténtalo más tarde.",
        .failed: "Lo siento, algo ha salido mal. Inténtalo más tarde.",
    ]
}
