import Alexa
import Idempotency
import Logging
import Settings

extension CRMSkill {
    /// The session attribute of the lead that was read out and awaits a yes.
    static let pending = "pendingLead"

    /// Asks for missing values, has the lead confirmed, and creates it.
    func createLead(_ input: HandlerInput) async throws -> Response {
        // A user who cannot create a lead is told so before any question.
        try checkAccess(input)
        let intent = input.intent ?? Intent(name: "CreateLeadIntent")
        if intent.confirmationStatus == .denied { return dropped(input) }
        let lead: NewLead
        do throws(NewLead.Gap) {
            lead = try NewLead(intent)
        } catch {
            // A yes from now on no longer means the lead that was read out before.
            forget(input)
            open(intent, input)
            return question(error, input)
        }
        guard lead.isOfReasonableLength else { throw CRMError.notAccepted }
        if intent.confirmationStatus == .confirmed { return try await create(lead, input) }
        // Without a session Alexa's own confirmation is the only one.
        try? input.attributes.setSession(Self.pending, lead.json)
        leave(input)
        return Self.ask(input, .confirm, again: .confirm, lead.spoken).directive(.confirmIntent())
    }

    /// Creates the lead that was read out.
    func yes(_ input: HandlerInput) async throws -> Response {
        guard let lead = input.attributes[session: Self.pending].flatMap(NewLead.init) else {
            return askAgain(input, .fallback) ?? Self.ask(input, .fallback, again: .help)
        }
        return try await create(lead, input)
    }

    /// Drops the lead that was read out, or whose values are being asked for; without one, ends the session.
    func no(_ input: HandlerInput) -> Response {
        let isOpen = input.attributes[session: Self.pending] != nil || isTakingDown(input)
        return isOpen ? dropped(input) : Self.tell(input, .goodbye)
    }

    /// Removes the lead that awaits a yes, and the one whose values are being asked for.
    func forget(_ input: HandlerInput) {
        // Without a session there is no lead to remove.
        try? input.attributes.setSession(Self.pending, nil)
        leave(input)
    }

    private func dropped(_ input: HandlerInput) -> Response {
        forget(input)
        return Self.tell(input, .dropped)
    }

    private func create(_ lead: NewLead, _ input: HandlerInput) async throws -> Response {
        try checkAccess(input)
        forget(input)
        try await notice.during(input, Self.speech(input, .wait)) { () async throws(CRMError) in
            try await createOnce(lead, input)
        }
        return Response(Self.speech(input, .created, lead.spoken))
            .card(
                .simple(
                    title: CRMSentence.strings.text(.createdTitle, input.request.locale),
                    content: "\(lead.fullName)\n\(lead.company)"))
    }

    /// Creates the lead unless that has been done: Alexa, and people, repeat requests.
    private func createOnce(_ lead: NewLead, _ input: HandlerInput) async throws(CRMError) {
        let session = input.envelope.session?.id ?? input.request.id ?? ""
        do throws(SendOnceError<CRMError>) {
            _ = try await once(
                lead.key(session: session), callDeadline: input.context.callDeadline, deadline: input.context.deadline,
                logger: input.context.logger
            ) { deadline throws(CRMError) in
                let id = try await asking(input, deadline: deadline) { credentials throws(CRMError) in
                    try await crm.create(lead, credentials, deadline: deadline)
                }
                return .sent(Receipt(messageID: id))
            }
        } catch {
            switch error {
            case .send(let error): throw error
            case .claim(let error):
                // The table failed, or the outcome of an earlier attempt is not known.
                input.context.logger.error("\(error.description)")
                throw error.mayHaveBeenSent ? .unconfirmed : .down
            }
        }
    }
}
