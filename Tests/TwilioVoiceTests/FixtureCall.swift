import Foundation
import LocalServices
import Testing

/// One call at Twilio: posts Twilio's requests to the URLs in the TwiML.
struct FixtureCall: Sendable {
    let fixture: CallFixture
    let sid: String

    func parameters(_ more: [String: String] = [:], from: String = CallFixture.caller) -> [String: String] {
        [
            "AccountSid": TwilioMediaDouble.accountSID, "ApiVersion": "2010-04-01", "CallSid": sid,
            "CallStatus": "in-progress", "Direction": "inbound", "From": from, "To": "+15005550006",
        ].merging(more) { $1 }
    }

    func incoming(from: String = CallFixture.caller) async throws -> CallDocument {
        try await fixture.post("/voice/incoming", parameters(from: from))
    }

    /// Presses keys when the document asks for them.
    func press(_ digits: String, _ document: CallDocument) async throws -> CallDocument {
        try await fixture.post(document.path(of: "Gather"), parameters(["Digits": digits]))
    }

    /// Says nothing and presses nothing.
    func wait(_ document: CallDocument) async throws -> CallDocument {
        try await fixture.post(document.path(of: "Redirect"), parameters())
    }

    /// Returns the parameters of a recording; `digits` is `hangup` when the caller hung up during it.
    func recorded(
        _ recording: String, url: String? = nil, digits: String = "", duration: String = "5"
    ) -> [String: String] {
        let place = "https://api.twilio.com/2010-04-01/Accounts/\(TwilioMediaDouble.accountSID)/Recordings/\(recording)"
        return parameters([
            "RecordingSid": recording, "RecordingUrl": url ?? place, "RecordingDuration": duration, "Digits": digits,
        ])
    }

    /// Says something when the document records, with the marks given; nil says nothing that Twilio would not have by
    /// itself.
    func speak(
        _ document: CallDocument, _ recording: LocalRecording? = LocalRecording(), as sid: String = Self.recordingSID()
    ) async throws -> CallDocument {
        guard let recording else { return try await fixture.post(document.path(of: "Record"), recorded(sid)) }
        return try await take(document, SpokenTurn(recording), as: sid)
    }

    /// Takes a turn after the tone, with its own timing, and the key or the hang-up that ends it.
    func take(
        _ document: CallDocument, _ turn: SpokenTurn, as sid: String = Self.recordingSID()
    ) async throws -> CallDocument {
        let attributes = try #require(document.first("Record"), "\(document.xml)").attributes
        let made = try #require(RecordVerb(attributes)).record(turn, take: sid)
        await fixture.twilio.recordings.put(sid, made.audio)
        let recorded = recorded(sid, digits: made.digits, duration: "\(made.seconds)")
        return try await fixture.post(document.path(of: "Record"), recorded)
    }

    static func recordingSID() -> String {
        "RE\(UUID().uuidString.replacing("-", with: "").lowercased())"
    }
}
