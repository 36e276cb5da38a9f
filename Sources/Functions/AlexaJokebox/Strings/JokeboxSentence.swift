import Alexa

/// Everything that the skill says.
enum JokeboxSentence: String, CaseIterable, Sendable {
    /// Said before an item: the seed's `welcome_message`.
    case welcome
    case pausing, resuming, stopping
    case loopOn, loopOff, shuffleOn, shuffleOff, onlyWhilePlaying, notKept
    case help, fallback, nothingToPlay
    /// Said before a paused stream resumes: without a question, since nobody waits for a reply.
    case helpWhilePlaying, fallbackWhilePlaying
    case empty, bucketMissing, refused, slow, down, failed

    static let strings = SkillStrings<JokeboxSentence>(
        fallback: "en-US", ["en-US": english, "en-GB": english, "de-DE": german, "es-ES": spanish])
}
