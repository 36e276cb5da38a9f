import Foundation
import LocalServices
import Synchronization

@testable import TwilioVoice

/// The shared state of the calls of a row: the log, the recordings, and the deadlines of the current webhook.
final class SimulationState: Sendable {
    private struct Values {
        var lines: [String] = []
        var kept: Set<String> = []
        var faults: [String] = []
        var webhook: WebhookTime?
    }

    private let values = Mutex(Values())

    var lines: [String] { values.withLock(\.lines) }
    var faults: [String] { values.withLock(\.faults) }
    /// The recordings that Twilio received.
    var kept: Set<String> { values.withLock(\.kept) }

    func log(_ line: String) { values.withLock { $0.lines.append(line) } }
    func keep(_ sid: String) { values.withLock { _ = $0.kept.insert(sid) } }

    /// Sets the deadlines of the current webhook; nil where there is none.
    func answer(within time: WebhookTime?) { values.withLock { $0.webhook = time } }

    private struct GivenUp: Error {}

    /// Delays a server's response. In virtual time libcurl reaches no deadline, so it is enforced here: after it there
    /// is no response any more, and for VoiceIt a fault, since none of these callers waits so long.
    func hold(_ delay: Duration, _ request: HTTPMessage, _ clock: SimulationClock) async throws {
        guard !clock.isReal else { return try await Task.sleep(for: delay) }
        let isVoiceIt = !request.path.contains("/Recordings/")
        let limit = values.withLock(\.webhook).map { time in
            isVoiceIt ? time.voiceIt : request.method == "GET" ? time.media : time.end
        }
        guard let limit, clock.instant + delay > limit else { return clock.pass(delay) }
        clock.pass(max(.zero, limit - clock.instant))
        if isVoiceIt {
            values.withLock { $0.faults.append("VoiceIt answers \(request.path) after the function's limit") }
        }
        throw GivenUp()
    }
}
