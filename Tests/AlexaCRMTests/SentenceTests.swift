import JSON
import Alexa
import Testing

@testable import AlexaCRM

@Suite struct SentenceTests {
    @Test func `no locale misses a sentence, and all have the same placeholders`() {
        #expect(CRMSentence.strings.locales == ["de-DE", "en-GB", "en-US", "es-ES"])
        #expect(CRMSentence.strings.faults == [])
    }

    @Test func `the seed's words are kept`() {
        #expect(
            CRMSentence.strings.text(.topLead, "en-US", ["name": "Testing C", "email": "mytest@email.com"])
                == "I found this lead which I think you should work on, Name is Testing C, "
                + "Contact email is mytest@email.com")
        #expect(CRMSentence.strings.text(.whichName, "en-GB") == "What is the first and last name?")
        #expect(CRMSentence.strings.text(.created, nil).hasPrefix("Here is the Lead I created: "))
    }
}
