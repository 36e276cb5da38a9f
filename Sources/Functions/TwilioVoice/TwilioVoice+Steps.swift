import AWS
import LambdaRuntime
import Logging
import Twilio
import VoiceAuth
import VoiceIt

/// The steps that need no recording.
extension TwilioVoice {
    /// The states of a call that is over. "Call resource" in Twilio's API documentation.
    private static let finalStates: Set<String> = ["busy", "canceled", "completed", "failed", "no-answer"]

    func response(
        to step: CallStep, _ request: TwilioRequest, _ call: SID, _ time: WebhookTime, _ context: LambdaContext
    ) async throws(AWSError) -> VoiceResponse {
        switch step {
        case .incoming: return try await incoming(request, call, time)
        case .status:
            if let status = request.callStatus, Self.finalStates.contains(status) {
                _ = try await advance(.hungUp, 0, call, time, context)
            }
            return VoiceResponse(then: .none)
        case .code(let attempt): return try await code(request.digits, attempt, call, time)
        case .noCode(let attempt): return try await code(nil, attempt, call, time)
        case .consent(let turn):
            let event: VoiceEvent.CallEvent =
                switch request.digits {
                case nil, "": .silence
                case "1": .consent(given: true)
                case "2": .consent(given: false)
                default: .unclear
                }
            return try await advance(event, turn, call, time, context)
        // No recording came along.
        case .silence(let turn), .recording(let turn): return try await advance(.silence, turn, call, time, context)
        case .resume: return try await advance(.current, 0, call, time, context)
        }
    }

    private func incoming(
        _ request: TwilioRequest, _ call: SID, _ time: WebhookTime
    ) async throws(AWSError) -> VoiceResponse {
        switch store.rules.binding {
        case .contact:
            // Twilio may repeat this webhook, too.
            let current = try await store.advance(.current, callSID: call.text, turn: 0, deadline: time.end)
            guard current.answer == .end(.unknown) else { return script.response(to: current.answer) }
            return script.askForCode(.enterCode, attempt: 0)
        case .callerID:
            let decision = try await store.arrive(from: request.from, callSID: call.text, deadline: time.end)
            return script.response(to: decision.answer)
        }
    }

    private func code(
        _ digits: String?, _ attempt: Int, _ call: SID, _ time: WebhookTime
    ) async throws(AWSError) -> VoiceResponse {
        guard store.rules.binding == .contact else { return script.goodbye(.nothingHere) }
        switch try await store.enter(code: digits, attempt: attempt, callSID: call.text, deadline: time.end) {
        case .accepted(let decision): return script.response(to: decision.answer)
        case .askAgain(let attempt):
            return script.askForCode(digits?.isEmpty == false ? .wrongCode : .noCode, attempt: attempt)
        case .ended(let ending): return script.response(to: .end(ending))
        }
    }

    /// Applies an event to the call, and deletes the VoiceIt user that it leaves without a purpose.
    private func advance(
        _ event: VoiceEvent.CallEvent, _ turn: Int, _ call: SID, _ time: WebhookTime, _ context: LambdaContext
    ) async throws(AWSError) -> VoiceResponse {
        let decision = try await store.advance(event, callSID: call.text, turn: turn, deadline: time.end)
        if let user = decision.userToDelete {
            do throws(VoiceItError) {
                _ = try await voiceIt.deleteUser(user, deadline: time.voiceIt)
                try? await store.userDeleted(user, callSID: call.text, deadline: time.end)
            } catch {
                context.logger.error("A caller declined, and the VoiceIt user is still there: \(error)")
            }
        }
        return script.response(to: decision.answer)
    }
}
