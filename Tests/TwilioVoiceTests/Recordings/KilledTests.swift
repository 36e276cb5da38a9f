import LocalServices
import Synchronization
import TestSupport
import Testing
import VoiceAuth

@testable import TwilioVoice

/// Processes that are killed while they work on a recording.
@Suite(.takingTurns) struct KilledTests {
    /// The place at which a process is killed: at its n-th request to the table, or while it waits for another service.
    enum Place: Sendable, CustomTestStringConvertible {
        case table(Int)
        case media
        case voiceIt

        var testDescription: String {
            switch self {
            case .table(let number): "table \(number)"
            case .media: "media"
            case .voiceIt: "VoiceIt"
            }
        }
    }

    /// Kills the process at the place; returns false when it has finished without coming there.
    private static func kill(
        at place: Place, _ fixture: CallFixture, _ work: @escaping @Sendable () async throws -> Void
    ) async throws -> Bool {
        let count = Mutex(0)
        let isThere = Mutex(false)
        switch place {
        case .table(let last):
            fixture.table.behave { _, _ in
                let number = count.withLock { count in
                    count += 1
                    return count
                }
                guard number >= last else { return .normal }
                isThere.withLock { $0 = true }
                return .hang
            }
        case .media: await fixture.twilio.recordings.misbehave(.slow(milliseconds: 60_000), times: 9)
        case .voiceIt: await fixture.voiceIt.account.misbehave(.slow(milliseconds: 60_000), times: 9, path: "/enroll")
        }
        let media = await fixture.twilio.recordings.calls.count
        let voiceIt = await fixture.voiceIt.account.calls.count
        let isDone = Mutex(false)
        let task = Task {
            _ = try? await work()
            isDone.withLock { $0 = true }
        }
        while !isDone.withLock(\.self) {
            switch place {
            case .table: break
            case .media:
                if await fixture.twilio.recordings.calls.count > media { isThere.withLock { $0 = true } }
            case .voiceIt:
                if await fixture.voiceIt.account.calls.count > voiceIt { isThere.withLock { $0 = true } }
            }
            if isThere.withLock(\.self) { break }
            try await Task.sleep(for: .milliseconds(10))
        }
        task.cancel()
        await task.value
        fixture.table.behave { _, _ in .normal }
        await fixture.twilio.recordings.misbehave(.slow(milliseconds: 0), times: 0)
        return isThere.withLock(\.self)
    }

    @Test(arguments: (1...12).map(Place.table) + [.media, .voiceIt])
    func `a recording is deleted, or written down, wherever its process was killed`(place: Place) async throws {
        try await CallFixture.withRunning { fixture in
            let call = fixture.call()
            let consent = try await call.press(try await fixture.begin(), try await call.incoming())
            let question = try await call.press("1", consent)
            let sid = FixtureCall.recordingSID()
            let wasKilled = try await Self.kill(at: place, fixture) { _ = try await call.speak(question, as: sid) }
            let isDeleted = await fixture.twilio.recordings.deleted.contains(sid)
            let isNoted = try await fixture.pending().contains { $0.logName == sid }
            guard case .table(let number) = place, number <= 3 else {
                #expect(isDeleted || isNoted)
                return
            }
            // Nothing is written down yet: Twilio, which got a 5xx, repeats the webhook.
            #expect(wasKilled)
            _ = try await call.speak(question, as: sid)
            #expect(await fixture.twilio.recordings.deleted.contains(sid))
            #expect(try await fixture.pending().isEmpty)
        }
    }
}
