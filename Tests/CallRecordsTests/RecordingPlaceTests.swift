import AWSEvents
import Testing

@testable import CallRecords

/// The keys that records name.
struct RecordingPlaceTests {
    private static let id = "0ac3bf43-7a8e-4e1c-9d5f-2b1a6c7d8e9f"

    @Test(arguments: [
        "CallRecordings/2026/11/21/\(id)_20261121T10:05_UTC.wav", "CallRecordings/2026/11/21/named otherwise.wav",
        "CallRecordings/ivr/2026/11/21/\(id)_20261121T10:05_UTC.wav", "CallRecordings/a.wav",
        "CallRecordings/2026/11/21/another_20261121T10:05_UTC.wav", "CallRecordings/2026/11/21/é + ü..wav",
    ])
    func `a wav in the prefix's folder plays whatever its name, the voicemail's too`(key: String) {
        for prefix in ["", "connect/acme/", "a b+é/"] {
            let place = RecordingPlace(bucket: "b", prefix: prefix)
            #expect(place.playable(prefix + key) == prefix + key)
            #expect(place.playable("x/" + prefix + key) == nil)
            #expect(RecordingPlace(bucket: "b", prefix: prefix, isRedactedOnly: true).playable(prefix + key) == nil)
        }
        #expect(RecordingPlace(bucket: "b", prefix: "connect/acme").playable(key) == nil)
    }

    @Test(arguments: [
        "", "CallRecordings/2026/11/21/\(id)_20261121T10:05_UTC.mp3", "CallRecordings/2026/11/21/x.WAV",
        "CallRecordings/../secret.wav", "CallRecordings/./x.wav", "CallRecordings/a/../../b.wav",
        "xCallRecordings/x.wav",
        "callrecordings/x.wav", "ChatTranscripts/2026/11/21/x.wav", "/CallRecordings/x.wav", "CallRecordings",
        "Analysis/Voice/Redacted/2026/11/21/\(id)_call_recording_redacted_2026-11-21T10:05:42Z.wav",
    ])
    func `anything else counts as no name`(key: String) {
        #expect(RecordingPlace(bucket: "b").playable(key) == nil)
        #expect(RecordingPlace(bucket: "b").playable(nil) == nil)
    }

    @Test func `redacted audio plays from the bucket's root, and alone`() {
        let place = RecordingPlace(bucket: "b", prefix: "connect/acme", isRedactedOnly: true)
        let key = "Analysis/Voice/Redacted/2026/11/21/\(Self.id)_call_recording_redacted_2026-11-21T10:05:42Z.wav"
        #expect(place.playable(key) == key)
        #expect(place.playable("Analysis/Voice/Redacted/x.wav") == "Analysis/Voice/Redacted/x.wav")
        for other in ["connect/acme/\(key)", "Analysis/Voice/2026/x.wav", "Analysis/Voice/ivr/Redacted/x.wav"] {
            #expect(place.playable(other) == nil)
        }
    }

    @Test func `a folder in another Unicode form is another folder`() {
        let place = RecordingPlace(bucket: "b", prefix: "caf\u{E9}")
        #expect(place.playable("caf\u{E9}/CallRecordings/x.wav") != nil)
        #expect(place.playable("cafe\u{301}/CallRecordings/x.wav") == nil)
    }

    private func analysis(_ key: String, bucket: String = "b", isRedactedOnly: Bool = false) -> RecordingKey? {
        let place = RecordingPlace(bucket: "b", prefix: "connect/acme", isRedactedOnly: isRedactedOnly)
        return place.analysis(ObjectCreation(bucket: bucket, key: key))
    }

    @Test(arguments: ["Voice", "Chat"])
    func `a file of Contact Lens lies at the bucket's root, raw or redacted`(medium: String) {
        let raw = "Analysis/\(medium)/2026/11/21/\(Self.id)_analysis_2026-11-21T10:05:42Z.json"
        let redacted = "Analysis/\(medium)/Redacted/2026/11/21/\(Self.id)_analysis_redacted_2026-11-21T10:05:42Z.json"
        #expect(analysis(raw)?.text == raw && analysis(redacted) == nil)
        #expect(
            analysis(redacted, isRedactedOnly: true)?.text == redacted && analysis(raw, isRedactedOnly: true) == nil)
        for other in ["connect/acme/\(raw)", "x/\(raw)"] { #expect(analysis(other) == nil) }
        #expect(analysis(raw, bucket: "another") == nil)
        let place = RecordingPlace(bucket: "b")
        #expect(place.isIgnoredAsRedacted(ObjectCreation(bucket: "b", key: redacted)))
        #expect(!place.isIgnoredAsRedacted(ObjectCreation(bucket: "b", key: raw)))
        #expect(!place.isIgnoredAsRedacted(ObjectCreation(bucket: "c", key: redacted)))
    }

    @Test(arguments: [
        "Analysis/Email/2026/11/21/\(id)_analysis_2026-11-21T10:05:42Z.json",
        "Analysis/Voice/ivr/2026/11/21/\(id)_analysis_2026-11-21T10:05:42Z.json",
        "Analysis/Voice/ivr/Redacted/2026/11/21/\(id)_analysis_redacted_2026-11-21T10:05:42Z.json",
        "Analysis/Voice/2026/11/21/\(id)_analysis_2026-11-21T10:05:42Z.txt",
        "Analysis/Voice/2026/11/21/\(id).json", "Analysis/Voice/\(id)_analysis_2026-11-21T10:05:42Z.json",
        "analysis/voice/2026/11/21/\(id)_analysis_2026-11-21T10:05:42Z.json",
    ])
    func `any other file of Contact Lens is passed over`(key: String) {
        #expect(analysis(key) == nil && analysis(key, isRedactedOnly: true) == nil)
        #expect(!RecordingPlace(bucket: "b").isIgnoredAsRedacted(ObjectCreation(bucket: "b", key: key)))
    }
}
