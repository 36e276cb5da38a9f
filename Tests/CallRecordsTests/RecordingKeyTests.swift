import Foundation
import JSON
import AWSEvents
import Settings
import Testing

@testable import CallRecords

struct RecordingKeyTests {
    static let id = "0ac3bf43-7a8e-4e1c-9d5f-2b1a6c7d8e9f"

    @Test(arguments: [
        ("CallRecordings/2026/11/21/\(id)_20261121T10:05_UTC.wav", RecordingKey.Kind.recording, ""),
        ("connect/acme/CallRecordings/2026/11/21/\(id)_20261121T10:05_UTC.wav", .recording, "connect/acme/"),
        ("a/b/c d/CallRecordings/2026/11/21/\(id)_20261121T10:05_UTC.wav", .recording, "a/b/c d/"),
        (
            "connect/acme/CallRecordings/ivr/2026/11/21/\(id)_20261121T10:05_UTC.wav", .automatedRecording,
            "connect/acme/"
        ),
        ("connect/acme/ChatTranscripts/2026/11/21/\(id)_20261121T10:05_UTC.json", .chatTranscript, "connect/acme/"),
        (
            "Analysis/Voice/Redacted/2026/11/21/\(id)_call_recording_redacted_2026-11-21T10:05:42Z.wav",
            .redactedRecording, ""
        ),
        (
            "connect/x/Analysis/Voice/Redacted/2026/11/21/\(id)_call_recording_redacted_2026-11-21T10:05:42Z.wav",
            .redactedRecording, "connect/x/"
        ),
        (
            "Analysis/Voice/2026/11/21/\(id)_analysis_2026-11-21T10:05:42Z.json",
            .analysis(.voice, isAutomated: false, isRedacted: false), ""
        ),
        (
            "Analysis/Voice/ivr/2026/11/21/\(id)_analysis_2026-11-21T10:05:42Z.json",
            .analysis(.voice, isAutomated: true, isRedacted: false), ""
        ),
        (
            "Analysis/Chat/Redacted/2026/11/21/\(id)_analysis_redacted_2026-11-21T10:05:42Z.json",
            .analysis(.chat, isAutomated: false, isRedacted: true), ""
        ),
    ])
    func `each form is known, with and without what stands before it`(
        _ text: String, _ kind: RecordingKey.Kind, _ prefix: String
    ) throws {
        let key = try #require(RecordingKey(text))
        #expect(key.kind == kind)
        #expect(key.prefix == prefix)
        #expect(key.contact.text == Self.id)
        #expect(key.day.path == "2026/11/21")
        #expect(key.text == text)
    }

    @Test(arguments: [
        "", "/", "CallRecordings/2026/11/21/", "CallRecordings/2026/11/21/\(id)",
        "2026/11/21/\(id)_20261121T10:05_UTC.wav",
        "CallRecordings/2026/11/21/_20261121T10:05_UTC.wav", "CallRecordings/2026/11/21/\(id)_20261121T10:05_UTC.mp3",
        "CallRecordings/2026/11/\(id)_20261121T10:05_UTC.wav", "CallRecordings/2026/13/21/\(id)_20261121T10:05_UTC.wav",
        "CallRecordings/2026/02/30/\(id)_20261121T10:05_UTC.wav",
        "CallRecordings/26/11/21/\(id)_20261121T10:05_UTC.wav",
        "CallRecordings/2026/11/21/\(id)_20261121T1005_UTC.wav", "CallRecordings/2026/11/21/\(id)_.wav",
        "callrecordings/2026/11/21/\(id)_20261121T10:05_UTC.wav",
        "xCallRecordings/2026/11/21/\(id)_20261121T10:05_UTC.wav",
        "CallRecordings/2026/11/21/\(id) _20261121T10:05_UTC.wav",
        "CallRecordings/2026/11/21/a'b_20261121T10:05_UTC.wav",
        "CallRecordings/2026/11/21/\(id)_call_recording_redacted_2026-11-21T10:05:42Z.wav",
        "Analysis/Chat/Redacted/2026/11/21/\(id)_call_recording_redacted_2026-11-21T10:05:42Z.wav",
        "Analysis/Voice/2026/11/21/\(id)_call_recording_redacted_2026-11-21T10:05:42Z.wav",
        "ScreenRecordings/2026/11/21/\(id)_20261121T10:05_UTC.mp4",
        "CallRecordings/2026/11/21/\(id)_٢٠٢٦1121T10:05_UTC.wav",
        "CallRecordings%2F2026/11/21/\(id)_20261121T10%3A05_UTC.wav",
    ])
    func `anything else is no key of a contact`(text: String) {
        #expect(RecordingKey(text) == nil)
    }

    /// Returns a key of any kind, prefix, day and contact.
    static func random(using generator: inout some RandomNumberGenerator) -> RecordingKey {
        func pick<T>(_ all: [T]) -> T { all[Int.random(in: 0..<all.count, using: &generator)] }
        func digits(_ count: Int) -> String {
            (0..<count).map { _ in String(Int.random(in: 0...9, using: &generator)) }.joined()
        }
        let kind = pick(RecordingKey.kinds)
        let prefix = pick([
            "", "connect/acme/", "connect/a b+c/", "é/ü&=?/", "CallRecordings/", "Analysis/Voice/", "a//",
        ])
        let date = Duration.seconds(Int.random(in: 0...4_102_444_800, using: &generator))
        let stamp =
            switch kind {
            case .recording, .automatedRecording: "\(digits(8))T\(digits(2)):\(digits(2))_UTC"
            default: "\(digits(4))-\(digits(2))-\(digits(2))T\(digits(2)):\(digits(2)):\(digits(2))Z"
            }
        let letters = Array("0123456789abcdefABCDEFxyz-").map(String.init)
        let id = (1...Int.random(in: 1...80, using: &generator)).map { _ in pick(letters) }.joined()
        guard let contact = ContactID(id) else { preconditionFailure("\(id) is an id") }
        return RecordingKey(prefix: prefix, kind: kind, contact: contact, day: Day(of: date), stamp: stamp)
    }

    @Test func `every generated key is read as what it was made of, in both encodings`() throws {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<3000 {
            let key = Self.random(using: &generator)
            #expect(RecordingKey(key.text) == key, "\(key.text)")
            let form = key.text.addingPercentEncoding(withAllowedCharacters: .alphanumerics)?
                .replacingOccurrences(of: "%20", with: "+")
            let notification: JSONValue = [
                "Records": [
                    [
                        "eventSource": "aws:s3", "eventName": "ObjectCreated:Copy",
                        "s3": ["bucket": ["name": "b"], "object": ["key": .string(try #require(form))]],
                    ]
                ]
            ]
            let bridge: JSONValue = [
                "source": "aws.s3", "detail-type": "Object Created",
                "detail": ["bucket": ["name": "b"], "object": ["key": .string(key.text)]],
            ]
            for event in [notification, bridge] {
                let created = try #require(S3Event(event)?.created.first)
                #expect(RecordingKey(created.key) == key)
            }
        }
    }

    @Test func `only recordings in the bucket and under the prefix count, the raw or the redacted`() throws {
        let raw = "connect/acme/CallRecordings/2026/11/21/\(Self.id)_20261121T10:05_UTC.wav"
        let redacted = "Analysis/Voice/Redacted/2026/11/21/\(Self.id)_call_recording_redacted_2026-11-21T10:05:42Z.wav"
        for prefix in ["connect/acme", "connect/acme/", "/connect/acme//"] {
            let place = RecordingPlace(bucket: "b", prefix: prefix)
            #expect(place.recording(ObjectCreation(bucket: "b", key: raw))?.text == raw)
            #expect(place.recording(ObjectCreation(bucket: "b", key: redacted)) == nil)
            #expect(place.recording(ObjectCreation(bucket: "c", key: raw)) == nil)
            #expect(place.recording(ObjectCreation(bucket: "b", key: "x/" + raw)) == nil)
            let strict = RecordingPlace(bucket: "b", prefix: prefix, isRedactedOnly: true)
            #expect(strict.recording(ObjectCreation(bucket: "b", key: raw)) == nil)
            #expect(strict.recording(ObjectCreation(bucket: "b", key: redacted))?.text == redacted)
            #expect(strict.recording(ObjectCreation(bucket: "b", key: "connect/acme/" + redacted)) == nil)
        }
        let root = RecordingPlace(bucket: "b")
        #expect(root.recording(ObjectCreation(bucket: "b", key: raw)) == nil)
        #expect(root.recording(ObjectCreation(bucket: "b", key: String(raw.dropFirst("connect/acme/".count)))) != nil)
    }

    @Test func `days count over months, years and leap days`() throws {
        let days = [
            ("2026-11-30", 1, "2026/12/01"), ("2026-12-31", 1, "2027/01/01"), ("2027-01-01", -1, "2026/12/31"),
            ("2028-02-28", 1, "2028/02/29"), ("2026-03-01", -1, "2026/02/28"), ("2100-02-28", 1, "2100/03/01"),
        ]
        for (start, step, end) in days {
            #expect(Day(beginning: "\(start)T23:59:59.000+0000")?.adding(days: step).path == end)
        }
        #expect(Day(beginning: "2026-02-30T00:00:00") == nil)
        #expect(Day(beginning: "") == nil)
        #expect(Day(of: .seconds(1_795_305_599)).path == "2026/11/21")
    }
}
