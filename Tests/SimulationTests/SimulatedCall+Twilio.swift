import Encoding
import Foundation
import HTTPEvents
import LocalServices
import Settings
import Synchronization
import Twilio

@testable import TwilioVoice
@testable import switchboard

/// Twilio's part, and the caller that it listens to.
extension SimulatedCall {
    var twilio: TwilioCall.World {
        var world = TwilioCall.World(
            // A caller who is asked for consent agrees.
            say: { _ in }, ask: { "1" }, post: { [self] path, parameters, _ in try await post(path, parameters) },
            keep: { [self] in await keep($0) },
            dial: { [self] _ in
                let rings = draw { $0.rings() }
                fixture.clock.pass(.milliseconds(rings))
                try await contact()
                return draw(\.isAgentFirst) ? .otherHungUp : .callerHungUp
            })
        world.turn = { [self] in
            state.withLock { state in
                let turn = state.caller.speak()
                if turn.recording.code != nil { state.figures.noises += 1 }
                state.figures.signature += "\(turn.lead) \(turn.wordsLast) \(turn.recording.code ?? "") "
                return turn
            }
        }
        world.pass = { [fixture] in fixture.clock.pass(.milliseconds($0)) }
        world.instant = { [fixture] in fixture.clock.instant }
        return world
    }

    private func post(_ path: String, _ parameters: [String: String]) async throws -> (status: Int, body: [UInt8]) {
        let trouble = draw { $0.trouble() }
        if trouble != nil { state.withLock { $0.figures.repeats += 1 } }
        if trouble == .connection {
            fixture.clock.pass(.milliseconds(500))
            throw WebhookPolicy.Failure.connection
        }
        let pairs = parameters.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
        var headers = HTTPHeaders()
        headers["X-Twilio-Signature"] = WebhookSignatureVerifier.text(
            of: SimulationFixture.base + path, pairs, token: TwilioMediaDouble.authToken)
        headers["Content-Type"] = "application/x-www-form-urlencoded; charset=UTF-8"
        let event = HTTPEvent(
            method: "POST", path: path, headers: headers, body: Array(PercentEncoding.form(pairs).utf8))
        let (start, context) = (fixture.clock.instant, fixture.context(seconds: 15))
        fixture.state.answer(within: WebhookTime(start: start, context))
        let answer = try await fixture.voice.handle(event, context: context)
        fixture.state.answer(within: nil)
        let time = fixture.clock.instant - start
        state.withLock { state in
            state.figures.longestWebhook = max(state.figures.longestWebhook, time)
            state.figures.signature += "\(path) "
            if time > .seconds(13) { state.figures.faults.append("\(path) has taken \(time)") }
        }
        return trouble == .gateway ? (502, []) : (answer.statusCode, Array(answer.body.utf8))
    }

    private func keep(_ recording: RecordVerb.Recorded) async -> [String: String] {
        let sid = "RE" + UUID().uuidString.replacing("-", with: "").lowercased()
        fixture.state.keep(sid)
        let tries = state.withLock { state in
            state.figures.recordings += 1
            return state.caller.triesBefore()
        }
        await fixture.twilio.recordings.put(sid, recording.audio, triesBefore: tries)
        let account = TwilioMediaDouble.accountSID
        return [
            "RecordingSid": sid,
            "RecordingUrl": "https://api.twilio.com/2010-04-01/Accounts/\(account)/Recordings/\(sid)",
        ]
    }
}
