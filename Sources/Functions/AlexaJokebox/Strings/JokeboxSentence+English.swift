extension JokeboxSentence {
    static let english: [JokeboxSentence: String] = [
        .welcome: "Here is your random joke from your Jokebox",
        .pausing: "Pausing.",
        .resuming: "Resuming.",
        .stopping: "Stopping.",
        .loopOn: "Okay, I'll keep the jokes coming.",
        .loopOff: "Okay, I'll stop after this one.",
        .shuffleOn: "Okay, I'll play them in random order.",
        .shuffleOff: "Okay, I'll play them in order.",
        .onlyWhilePlaying:
            "That only works while a joke is playing. You can say, tell me a joke. What would you like to do?",
        .notKept: "I can't save that right now. Please try again later.",
        .help:
            "You can say, tell me a joke. While one is playing, you can say pause, resume, next, previous, "
            + "repeat, loop on, or shuffle off. What would you like to do?",
        .fallback: "Sorry, I didn't get that. You can say, tell me a joke. What would you like to do?",
        .helpWhilePlaying: "You can say pause, resume, next, previous, repeat, loop on, shuffle off, or stop.",
        .fallbackWhilePlaying: "Sorry, I didn't get that.",
        .nothingToPlay: "Nothing is paused. You can say, tell me a joke. What would you like to do?",
        .empty: "Your Jokebox is empty. Please add some audio files.",
        .bucketMissing: "I can't find your Jokebox. Please tell the person who set it up.",
        .refused: "I'm not allowed to open your Jokebox. Please tell the person who set it up.",
        .slow: "Your Jokebox is taking too long to open. Please try again.",
        .down: "I can't reach your Jokebox right now. Please try again later.",
        .failed: "Sorry, something went wrong. Please try again later.",
    ]
}
