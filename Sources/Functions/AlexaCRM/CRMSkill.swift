import Alexa
import Idempotency

/// The skill: its handlers by request.
struct CRMSkill: Sendable {
    let crm: CRMClient
    /// The account for users who have not linked one of their own.
    let account: CRMAccountStore
    let once: SendOnce
    let notice: ProgressNotice

    func skill(id: String) -> Skill {
        Skill(
            id: id,
            handlers: [
                IntentHandler("TopLeadIntent", respond: topLead),
                IntentHandler("CreateLeadIntent", respond: createLead),
                IntentHandler("AMAZON.YesIntent", respond: yes),
                IntentHandler("AMAZON.NoIntent", respond: no),
                TypeHandler("LaunchRequest") { input in
                    try checkAccess(input)
                    return Self.ask(input, .welcome, again: .help)
                },
                IntentHandler("AMAZON.HelpIntent") { askAgain($0, .help) ?? Self.ask($0, .help, again: .help) },
                IntentHandler("AMAZON.CancelIntent", "AMAZON.StopIntent", "AMAZON.NavigateHomeIntent") { input in
                    forget(input)
                    return Self.tell(input, .goodbye)
                },
                IntentHandler("AMAZON.FallbackIntent") {
                    askAgain($0, .fallback) ?? Self.ask($0, .fallback, again: .help)
                },
                TypeHandler("CanFulfillIntentRequest", respond: Self.canFulfill),
                ClosingHandler(),
            ],
            errorHandlers: [CRMErrorHandler()])
    }

    private func topLead(_ input: HandlerInput) async throws -> Response {
        try checkAccess(input)
        leave(input)
        let deadline = input.context.callDeadline
        let found = try await notice.during(input, Self.speech(input, .wait)) { () async throws(CRMError) in
            try await asking(input, deadline: deadline) { credentials throws(CRMError) in
                try await crm.topLead(credentials, deadline: deadline)
            }
        }
        guard let lead = found else { return Self.tell(input, .noLead) }
        let sentence: CRMSentence = lead.email == nil ? .topLeadWithoutEmail : .topLead
        let values = ["name": lead.name, "email": lead.email ?? ""]
        return Response(Self.speech(input, sentence, values))
            .card(
                .simple(
                    title: CRMSentence.strings.text(.topLeadTitle, input.request.locale),
                    content: [lead.name, lead.email].compactMap(\.self).joined(separator: "\n")))
    }
}
