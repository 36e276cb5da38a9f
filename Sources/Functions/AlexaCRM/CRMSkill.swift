import Alexa
import LambdaRuntime
import Logging
import Messaging

/// The skill: what is answered to which request.
struct CRMSkill: Sendable {
    let crm: CRMClient
    /// Whom everybody acts as who has not linked an account of their own.
    let account: CRMAccount?
    let once: SendOnce
    let notice: ProgressNotice

    /// The lead that was read out and awaits a yes.
    private static let pending = "pendingLead"

    func skill(id: String) -> Skill {
        Skill(
            id: id,
            handlers: [
                IntentHandler("TopLeadIntent", respond: topLead),
                IntentHandler("CreateLeadIntent", respond: createLead),
                IntentHandler("AMAZON.YesIntent", respond: yes),
                IntentHandler("AMAZON.NoIntent", respond: no),
                TypeHandler("LaunchRequest") { Self.ask($0, .welcome, again: .help) },
                IntentHandler("AMAZON.HelpIntent") { Self.ask($0, .help, again: .help) },
                IntentHandler("AMAZON.CancelIntent", "AMAZON.StopIntent", "AMAZON.NavigateHomeIntent") { input in
                    forget(input)
                    return Self.tell(input, .goodbye)
                },
                IntentHandler("AMAZON.FallbackIntent") { Self.ask($0, .fallback, again: .help) },
                TypeHandler("CanFulfillIntentRequest", respond: Self.canFulfill),
                ClosingHandler(),
            ],
            errorHandlers: [CRMErrorHandler()])
    }

    private func topLead(_ input: HandlerInput) async throws -> Response {
        let credentials = try credentials(input)
        let found = try await notice.during(input, Self.speech(input, .wait)) { () async throws(CRMError) in
            try await crm.topLead(credentials, deadline: input.context.callDeadline)
        }
        guard let lead = found else { return Self.tell(input, .noLead) }
        let email = lead.email.flatMap { $0.isEmpty ? nil : $0 }
        let sentence: Sentence = email == nil ? .topLeadWithoutEmail : .topLead
        let values = ["name": lead.name, "email": email ?? ""]
        return Response(Self.speech(input, sentence, values))
            .card(
                .simple(
                    title: Sentence.strings.text(.topLeadTitle, input.request.locale),
                    content: [lead.name, email].compactMap(\.self).joined(separator: "\n")))
    }

    private func createLead(_ input: HandlerInput) async throws -> Response {
        // Whoever cannot create one is told so before being asked anything.
        _ = try credentials(input)
        let intent = input.intent ?? Intent(name: "CreateLeadIntent")
        if intent.confirmationStatus == .denied { return dropped(input) }
        let lead: NewLead
        do throws(NewLead.Gap) {
            lead = try NewLead(intent)
        } catch {
            switch error {
            case .lastName: return Self.ask(input, .whichName, again: .whichName).directive(.elicitSlot("lastName"))
            case .company: return Self.ask(input, .whichCompany, again: .whichCompany).directive(.elicitSlot("company"))
            }
        }
        if intent.confirmationStatus == .confirmed { return try await create(lead, input) }
        try? input.attributes.setSession(Self.pending, lead.json)
        let values = ["name": lead.fullName, "company": lead.company]
        return Self.ask(input, .confirm, again: .confirm, values).directive(.confirmIntent())
    }

    private func yes(_ input: HandlerInput) async throws -> Response {
        guard let lead = input.attributes[session: Self.pending].flatMap(NewLead.init) else {
            return Self.ask(input, .fallback, again: .help)
        }
        return try await create(lead, input)
    }

    private func no(_ input: HandlerInput) -> Response {
        input.attributes[session: Self.pending] == nil ? Self.tell(input, .goodbye) : dropped(input)
    }

    private func create(_ lead: NewLead, _ input: HandlerInput) async throws -> Response {
        let credentials = try credentials(input)
        forget(input)
        try await notice.during(input, Self.speech(input, .wait)) { () async throws(CRMError) in
            try await createOnce(lead, credentials, input)
        }
        let values = ["name": lead.fullName, "company": lead.company]
        return Response(Self.speech(input, .created, values))
            .card(
                .simple(
                    title: Sentence.strings.text(.createdTitle, input.request.locale),
                    content: "\(lead.fullName)\n\(lead.company)"))
    }

    /// Creates it unless that has been done: Alexa, and people, ask again.
    private func createOnce(
        _ lead: NewLead, _ credentials: CRMClient.Credentials, _ input: HandlerInput
    ) async throws(CRMError) {
        let session = input.envelope.session?.id ?? input.request.id ?? ""
        var failure: CRMError?
        do throws(FunctionError) {
            _ = try await once(lead.key(session: session), context: input.context) { deadline throws(SendFailure) in
                do throws(CRMError) {
                    return .sent(Receipt(messageID: try await crm.create(lead, credentials, deadline: deadline)))
                } catch {
                    failure = error
                    throw SendFailure(
                        FunctionError(.serviceUnavailable, error.description),
                        mayHaveBeenSent: error == .unconfirmed)
                }
            }
        } catch {
            if let failure { throw failure }
            // The table failed, or an earlier attempt's outcome is not known.
            input.context.logger.error("\(error.description)")
            throw .unconfirmed
        }
    }

    /// The user's own token wins.
    private func credentials(_ input: HandlerInput) throws(CRMError) -> CRMClient.Credentials {
        if let token = input.envelope.accessToken { return .token(token) }
        guard let account else { throw .notLinked }
        return .account(account)
    }

    private func dropped(_ input: HandlerInput) -> Response {
        forget(input)
        return Self.tell(input, .dropped)
    }

    private func forget(_ input: HandlerInput) {
        // Without a session there is nothing to forget.
        try? input.attributes.setSession(Self.pending, nil)
    }
}
