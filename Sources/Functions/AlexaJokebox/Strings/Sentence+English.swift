extension Sentence {
    static let english: [Sentence: String] = [
        .welcome: "Here is your random joke from your Jokebox",
        .pausing: "Pausing.",
        .resuming: "Resuming.",
        .stopping: "Stopping.",
        .loopOn: "I will go on with another one after each.",
        .loopOff: "I will stop after this one.",
        .shuffleOn: "I will play in random order.",
        .shuffleOff: "I will play one after the other.",
        .onlyWhilePlaying:
            "I can do that only while something is playing. You can say: tell me a joke. What would you like?",
        .notKept: "I cannot remember that right now. Please try again later.",
        .help:
            "You can say: tell me a joke. While one is playing: pause, resume, next, previous, repeat, loop on, "
            + "or shuffle off. What would you like?",
        .fallback: "Sorry, I did not get that. You can say: tell me a joke. What would you like?",
        .helpWhilePlaying: "You can say: pause, resume, next, previous, repeat, loop on, shuffle off, or stop.",
        .fallbackWhilePlaying: "Sorry, I did not get that.",
        .nothingToPlay: "There is nothing to go on with. You can say: tell me a joke. What would you like?",
        .empty: "Your Jokebox is empty. Please put some audio files into it.",
        .bucketMissing: "I cannot find your Jokebox. Please tell whoever set it up.",
        .refused: "I am not allowed to open your Jokebox. Please tell whoever set it up.",
        .slow: "Your Jokebox is taking too long to open. Please try again.",
        .down: "I cannot reach your Jokebox right now. Please try again later.",
        .failed: "Sorry, something went wrong. Please try again later.",
    ]
}
