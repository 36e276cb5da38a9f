extension JokeboxSentence {
    static let german: [JokeboxSentence: String] = [
        .welcome: "Hier ist ein zufälliger Witz aus deiner Jokebox.",
        .pausing: "Pausiert.",
        .resuming: "Weiter geht's.",
        .stopping: "Wiedergabe beendet.",
        .loopOn: "Okay, nach jedem Witz kommt der nächste.",
        .loopOff: "Okay, nach diesem Witz ist Schluss.",
        .shuffleOn: "Okay, ab jetzt in zufälliger Reihenfolge.",
        .shuffleOff: "Okay, ab jetzt der Reihe nach.",
        .onlyWhilePlaying:
            "Das geht nur, während ein Witz läuft. Sag zum Beispiel: Erzähl mir einen Witz. Was möchtest du tun?",
        .notKept: "Das kann ich mir gerade nicht merken. Bitte versuche es später noch einmal.",
        .help:
            "Sag zum Beispiel: Erzähl mir einen Witz. Während einer läuft, kannst du sagen: Pause, weiter, "
            + "nächster, vorheriger, wiederholen, Schleife an oder Zufallswiedergabe aus. Was möchtest du tun?",
        .fallback:
            "Das habe ich leider nicht verstanden. Sag zum Beispiel: Erzähl mir einen Witz. Was möchtest du tun?",
        .helpWhilePlaying:
            "Du kannst sagen: Pause, weiter, nächster, vorheriger, wiederholen, Schleife an, Zufallswiedergabe "
            + "aus oder Stopp.",
        .fallbackWhilePlaying: "Das habe ich leider nicht verstanden.",
        .nothingToPlay: "Gerade ist nichts pausiert. Sag zum Beispiel: Erzähl mir einen Witz. Was möchtest du tun?",
        .empty: "Deine Jokebox ist leer. Bitte füge Audiodateien hinzu.",
        .bucketMissing:
            "Ich kann deine Jokebox nicht finden. Bitte wende dich an die Person, die sie eingerichtet hat.",
        .refused:
            "Ich habe keinen Zugriff auf deine Jokebox. Bitte wende dich an die Person, die sie eingerichtet hat.",
        .slow: "Deine Jokebox antwortet zu langsam. Bitte versuche es noch einmal.",
        .down: "Ich erreiche deine Jokebox gerade nicht. Bitte versuche es später noch einmal.",
        .failed: "Da ist leider etwas schiefgegangen. Bitte versuche es später noch einmal.",
    ]
}
