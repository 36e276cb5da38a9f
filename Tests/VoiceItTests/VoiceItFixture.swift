import AWS
import Calling
import HTTPClient
import LocalServices
import Settings
import Synchronization
import TestSupport

@testable import VoiceIt

/// A client without waits.
struct VoiceItFixture {
    static let phrase = "never forget tomorrow is a new day"

    let client: VoiceItClient

    init(
        _ url: String, key: String = VoiceItDouble.key, token: String = VoiceItDouble.token,
        numbers: [UInt64] = []
    ) throws {
        let secret = KeyedSecret([VoiceItConfiguration.keyName: key, VoiceItConfiguration.tokenName: token])
        try self.init(url, secret: secret, numbers: numbers)
    }

    init(_ url: String, secret: KeyedSecret, numbers: [UInt64] = []) throws {
        guard let base = Endpoint(parsing: url) else { throw EnvironmentError(faults: ["no URL"]) }
        let timing = CallTiming(random: { 0 }, sleep: { _ in })
        let next = Numbers(numbers)
        client = VoiceItClient(
            configuration: VoiceItConfiguration(base: base, secret: secret), timing: timing, number: { next.next() })
    }

    static func sample(_ userID: String, _ recording: LocalRecording = LocalRecording()) -> VoiceSample {
        VoiceSample(userID: userID, language: "en-US", phrase: phrase, recording: recording.audio())
    }

    private final class Numbers: Sendable {
        private let numbers: Mutex<[UInt64]>

        init(_ numbers: [UInt64]) {
            self.numbers = Mutex(numbers)
        }

        func next() -> UInt64 {
            numbers.withLock { $0.isEmpty ? 42 : $0.removeFirst() }
        }
    }
}

extension VoiceItClient {
    /// Returns the number of the user's enrolments of the fixture's phrase.
    func enrollmentCount(of user: String) async throws(VoiceItError) -> Int {
        try await enrollmentCount(user, phrase: VoiceItFixture.phrase, language: "en-US", deadline: .soon)
    }
}

extension ContinuousClock.Instant {
    static var soon: Self { .now + .seconds(5) }
}
