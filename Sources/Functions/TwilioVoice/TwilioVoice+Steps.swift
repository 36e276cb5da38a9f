import LambdaRuntime
import Logging
import Twilio
import VoiceAuth

/// The steps that need no recording.
extension TwilioVoice {
    /// The states of a call that is over. "Call resource" in Twilio's API documentation.
    private static let finalStates: Set<String> = ["busy", "canceled", "completed", "failed", "no-answer"]

    func response(
        to step: CallStep, request: TwilioRequest, call: SID, time: WebhookTime, context: LambdaContext
    ) async throws(VoiceStoreError) -> VoiceResponse {
        switch step {
        case .incoming: return try await incoming(request, call: call, time: time, context: context)
        case .status:
            if let status = request.callStatus, Self.finalStates.contains(status) {
                _ = try await advance(.hungUp, turn: 0, call: call, time: time, context: context)
            }
            return VoiceResponse(then: .none)
        case .code: return try await code(request, call: call, time: time, context: context)
        case .consent(let turn):
            let event: VoiceEvent.CallEvent =
                switch request.digits {
                case nil, "": .silence
                case "1": .consent(given: true)
                case "2": .consent(given: false)
                default: .unclear()
                }
            return try await advance(event, turn: turn, call: call, time: time, context: context)
        // No recording came along.
        case .silence(let turn), .recording(let turn):
            return try await advance(.silence, turn: turn, call: call, time: time, context: context)
        case .resume: return try await advance(.current, turn: 0, call: call, time: time, context: context)
        }
    }

    private func incoming(
        _ request: TwilioRequest, call: SID, time: WebhookTime, context: LambdaContext
    ) async throws(VoiceStoreError) -> VoiceResponse {
        switch store.rules.binding {
        case .contact:
            // Twilio may repeat this webhook, too.
            let current = try await store.advance(.current, callSID: call.text, turn: 0, deadline: time.table)
            guard current.answer == .end(.unknown) else { return script.response(to: current.answer) }
            if let bar = bar(of: request), try await store.isClosed(bar, deadline: time.table) {
                context.logger.warning("A number that has sent too many wrong codes calls: it is not listened to.")
                return script.hangUp
            }
            return script.listenForCode
        case .callerID:
            let decision = try await store.arrive(from: request.from, callSID: call.text, deadline: time.table)
            return script.response(to: decision.answer)
        }
    }

    private func bar(of request: TwilioRequest) -> CodeBar? {
        store.bar(of: request.from, shared: settings.sharedCallers)
    }

    private func code(
        _ request: TwilioRequest, call: SID, time: WebhookTime, context: LambdaContext
    ) async throws(VoiceStoreError) -> VoiceResponse {
        guard store.rules.binding == .contact else { return script.finish(.nothingHere) }
        let entry = try await store.enter(
            code: request.digits ?? "", callSID: call.text, bar: bar(of: request), deadline: time.table)
        switch entry {
        case .accepted(let decision): return script.response(to: decision.answer)
        case .wrong:
            context.logger.warning(
                "A code was entered that no contact waits with.", metadata: ["metric": "WrongCode"])
        case .barred:
            context.logger.warning("A number has sent too many wrong codes: the next one is not looked at.")
        case .none: break
        }
        return script.hangUp
    }

    /// Applies an event to the call, and deletes the VoiceIt user if it is no longer needed.
    private func advance(
        _ event: VoiceEvent.CallEvent, turn: Int, call: SID, time: WebhookTime, context: LambdaContext
    ) async throws(VoiceStoreError) -> VoiceResponse {
        let decision = try await store.advance(event, callSID: call.text, turn: turn, deadline: time.table)
        await deletions(context.logger).carryOut(decision, deadline: time.voiceIt)
        return script.response(to: decision.answer)
    }

    func deletions(_ logger: Logger) -> Deletions {
        Deletions(store: store, voiceprints: voiceIt, logger: logger)
    }
}
