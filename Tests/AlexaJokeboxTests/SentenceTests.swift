import JSON
import Alexa
import Testing

@testable import AlexaJokebox

@Suite struct SentenceTests {
    @Test func `no locale misses a sentence, and all have the same placeholders`() {
        #expect(JokeboxSentence.strings.locales == ["de-DE", "en-GB", "en-US", "es-ES"])
        #expect(JokeboxSentence.strings.faults == [])
    }

    @Test func `the seed's words are kept`() {
        let words = [JokeboxSentence.welcome, .pausing, .resuming, .stopping].map {
            JokeboxSentence.strings.text($0, "en-GB")
        }
        #expect(words == ["Here is your random joke from your Jokebox", "Pausing.", "Resuming.", "Stopping."])
    }
}
