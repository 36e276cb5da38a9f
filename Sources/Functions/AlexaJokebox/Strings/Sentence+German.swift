extension Sentence {
    static let german: [Sentence: String] = [
        .welcome: "Hier ist ein zufälliger Witz aus deiner Jokebox",
        .pausing: "Ich mache Pause.",
        .resuming: "Es geht weiter.",
        .stopping: "Ich höre auf.",
        .loopOn: "Ich mache nach jedem Witz mit einem anderen weiter.",
        .loopOff: "Nach diesem Witz höre ich auf.",
        .shuffleOn: "Ich spiele in zufälliger Reihenfolge.",
        .shuffleOff: "Ich spiele der Reihe nach.",
        .onlyWhilePlaying:
            "Das geht nur, während etwas läuft. Du kannst sagen: erzähl mir einen Witz. Was möchtest du?",
        .notKept: "Das kann ich mir gerade nicht merken. Bitte versuche es später noch einmal.",
        .help:
            "Du kannst sagen: erzähl mir einen Witz. Während einer läuft: Pause, weiter, nächster, vorheriger, "
            + "wiederholen, Schleife an oder Zufallswiedergabe aus. Was möchtest du?",
        .fallback: "Das habe ich leider nicht verstanden. Du kannst sagen: erzähl mir einen Witz. Was möchtest du?",
        .helpWhilePlaying:
            "Du kannst sagen: Pause, weiter, nächster, vorheriger, wiederholen, Schleife an, Zufallswiedergabe aus oder Stopp.",
        .fallbackWhilePlaying: "Das habe ich leider nicht verstanden.",
        .nothingToPlay:
            "Es gibt nichts, was ich fortsetzen könnte. Du kannst sagen: erzähl mir einen Witz. Was möchtest du?",
        .empty: "Deine Jokebox ist leer. Bitte lege Audiodateien hinein.",
        .bucketMissing: "Ich finde deine Jokebox nicht. Bitte sage es dem, der sie eingerichtet hat.",
        .refused: "Ich darf deine Jokebox nicht öffnen. Bitte sage es dem, der sie eingerichtet hat.",
        .slow: "Deine Jokebox braucht zu lange. Bitte versuche es noch einmal.",
        .down: "Ich erreiche deine Jokebox gerade nicht. Bitte versuche es später noch einmal.",
        .failed: "Da ist leider etwas schiefgegangen. Bitte versuche es später noch einmal.",
    ]
}
