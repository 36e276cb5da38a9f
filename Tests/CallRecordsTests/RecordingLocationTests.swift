import Testing

@testable import CallRecords

/// The places that contact records name.
struct RecordingLocationTests {
    private let place = RecordingPlace(bucket: "b", prefix: "p")

    @Test(arguments: ["b/p/CallRecordings/2026/11/21/x.wav", "s3://b/p/CallRecordings/2026/11/21/x.wav"])
    func `a place in the bucket is a key`(location: String) {
        #expect(place.playable(location: location) == "p/CallRecordings/2026/11/21/x.wav")
    }

    @Test(arguments: [
        "", "b", "b/", "s3://", "p/CallRecordings/2026/11/21/x.wav", "bb/p/CallRecordings/2026/11/21/x.wav",
        "s3://s3://b/p/CallRecordings/x.wav", "https://b/p/CallRecordings/x.wav", "b/p/Analysis/x.wav",
    ])
    func `any other place is none`(location: String) {
        #expect(place.playable(location: location) == nil)
    }

    @Test func `a key's folder is its day`() {
        #expect(RecordingPlace.day(in: "p/CallRecordings/2026/11/21/x.wav") == Day(beginning: "2026-11-21"))
        #expect(RecordingPlace.day(in: "p/CallRecordings/x.wav") == nil)
        #expect(RecordingPlace.day(in: "") == nil)
    }
}
