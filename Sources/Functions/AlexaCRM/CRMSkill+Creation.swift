import Alexa
import Idempotency
import Logging
import Settings

extension CRMSkill {
    /// The session attribute of the lead that was read out and awaits a yes.
    private static let pending = "pendingLead"

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
            switch error {
            case .lastName: return Self.ask(input, .whichName, again: .whichName).directive(.elicitSlot("lastName"))
            case .company: return Self.ask(input, .whichCompany, again: .whichCompany).directive(.elicitSlot("company"))
            }
        }
        guard lead.isOfReasonableLength else { throw CRMError.notAccepted }
        if intent.confirmationStatus == .confirmed { return try await create(lead, input) }
        // Without a session Alexa's own confirmation is the only one.
        try? input.attributes.setSession(Self.pending, lead.json)
        return Self.ask(input, .confirm, again: .confirm, lead.spoken).directive(.confirmIntent())
    }

    /// Creates the lead that was read out.
    func yes(_ input: HandlerInput) async throws -> Response {
        guard let lead = input.attributes[session: Self.pending].flatMap(NewLead.init) else {
            return Self.ask(input, .fallback, again: .help)
        }
        return try await create(lead, input)
    }

    /// Drops the lead that was read out; without one, ends the session.
    func no(_ input: HandlerInput) -> Response {
        input.attributes[session: Self.pending] == nil ? Self.tell(input, .goodbye) : dropped(input)
    }

    /// Removes the lead that awaits a yes.
    func forget(_ input: HandlerInput) {
        // Without a session there is no lead to remove.
        try? input.attributes.setSession(Self.pending, nil)
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
