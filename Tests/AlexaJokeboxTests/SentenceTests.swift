import JSON
import Alexa
import Testing

@testable import AlexaJokebox

@Suite struct SentenceTests {
    @Test func `no locale misses a sentence, and all have the same placeholders`() {
        #expect(Sentence.strings.locales == ["de-DE", "en-GB", "en-US", "es-ES"])
        #expect(Sentence.strings.faults == [])
    }

    @Test func `the seed's words are kept`() {
        let words = [Sentence.welcome, .pausing, .resuming, .stopping].map { Sentence.strings.text($0, "en-GB") }
        #expect(words == ["Here is your random joke from your Jokebox", "Pausing.", "Resuming.", "Stopping."])
    }
}
