import Foundation
import JSON
import LocalServices
import Settings
import Timeline

/// The back ends of the calls of one run: the functions and services of a flow, and of those it transfers to.
struct CallSession: Sendable {
    /// The number that callers dial, and that Twilio dials to come back.
    static let connectNumber = "+12065550100"
    static let twilioNumber = "+12065550111"

    let project: Project
    let flow: ContactFlow
    /// The folder of the flow's file, where the files of those that it names are looked for.
    let folder: URL
    /// The branches that were chosen.
    let choices: FlowChoices
    let functions: any FlowInvoker
    let line: TwilioLine?
    /// The profile that a search returns.
    let profile: JSONValue
    let outbox: Outbox
    let events: CallEvents

    /// Runs `body` with everything started and ends it afterwards, however `body` ends.
    static func withRunning(
        _ project: Project, _ file: URL, _ source: TimelineSource, _ overrides: [String: String],
        profile: [String: String],
        choices: FlowChoices, salesforce addition: SalesforceAddition? = nil, timeline: Timeline = Timeline(),
        followsRequests: Bool = false,
        _ body: (CallSession) async throws -> Void
    ) async throws {
        let flow = try CallCommand.read(file)
        let binding = flow.usesDigits(in: project) ? "contact" : "caller-id"
        let own = ["VOICE_AUTH_BINDING": binding, "CONNECT_PHONE_NUMBER": connectNumber].merging(overrides) { $1 }
        let needs = try needs(project, own, chosen: overrides.keys.sorted())
        let routes = try project.template()?.routes ?? .all(to: "TwilioVoice")
        let events = CallEvents(timeline: timeline, source: source)
        try await BackEnds.withRunning(
            project, needs, salesforce: addition, timeline: timeline, followsRequests: followsRequests,
            source: { source }
        ) { backEnds in
            var configurations: [String: LocalFunction.Configuration] = [:]
            for (function, variables) in needs {
                var configuration = LocalFunction.Configuration(
                    name: function.name, bootstrap: function.bootstrap.path,
                    environment: backEnds.environment(variables))
                // More than a block's limit; Twilio waits fifteen seconds.
                configuration.timeout = .seconds(function.name == "TwilioVoice" ? 15 : 10)
                configuration.reporting = backEnds.reporting { source }
                configurations[function.name] = configuration
            }
            let functions = FlowFunctions(configurations)
            do {
                try await withTwilio(
                    functions, routes: routes, variables: configurations["TwilioVoice"]?.environment, backEnds: backEnds
                ) { line in
                    try await body(
                        CallSession(
                            project: project, flow: flow, folder: file.deletingLastPathComponent(), choices: choices,
                            functions: functions, line: line,
                            profile: .object(profile.mapValues(JSONValue.string)), outbox: Outbox(backEnds),
                            events: events))
                }
            } catch {
                await functions.stop()
                throw error
            }
            await functions.stop()
        }
    }

    private static func withTwilio(
        _ functions: FlowFunctions, routes: HTTPRoutes, variables: [String: String]?, backEnds: BackEnds,
        _ body: (TwilioLine?) async throws -> Void
    ) async throws {
        guard let variables else { return try await body(nil) }
        let front = try await FunctionFront(routes) { try await functions.pool($0) }
        do {
            try await body(TwilioLine(variables, front: front, recordings: backEnds.recordings))
        } catch {
            await front.stop()
            throw error
        }
        await front.stop()
    }

    /// Plays a call from a number, or from a withheld one, to the end of its flow, with the messages sent in it.
    ///
    /// An agent's guide is played as part of a call whose flow sets it.
    /// - Parameter hasProfile: False for a caller whom a search for profiles does not find.
    func call(from caller: String?, hasProfile: Bool = true, _ terminal: CallTerminal) async throws {
        var contact = FlowContact(customer: caller, system: Self.connectNumber)
        if flow.isGuide {
            contact.attributes = [
                "customerPhoneNumber": .string(caller ?? ""), "callContactId": .string(contact.id),
            ]
            contact = contact.guide()
        }
        let world = world(terminal, profile: hasProfile ? profile : nil)
        var player = FlowPlayer(flow: try filled(flow), contact: contact, world: world)
        try await player.play()
        for line in try await outbox.news() { terminal.say(ShownLine(.message, line)) }
    }

    private func world(_ terminal: CallTerminal, profile: JSONValue?) -> FlowPlayer.World {
        FlowPlayer.World(
            say: { say($0, terminal) }, ask: { try await heard(terminal, by: $0) },
            askSecretly: { try await heard(terminal, by: $0, isSecret: true) }, hint: { terminal.hint($0) },
            invoke: { arn, event, _ in
                do {
                    return try await functions.invoke(arn, event)
                } catch {
                    return .runtimeError(type: "ResourceNotFoundException", message: PlainError.sentence(of: error))
                }
            },
            transfer: { number, digits, contact in
                guard let line, number == Self.twilioNumber else {
                    say("(Nobody answers: \(Self.twilioNumber) alone is played.)", terminal)
                    return .failed
                }
                var call = TwilioCall(
                    account: line.account, from: contact.customer, to: number, digits: digits,
                    circumstances: line.circumstances, world: twilioWorld(line, contact, terminal))
                return try await call.play() ? .abandoned : .ended
            },
            profile: { _, value in value.isEmpty ? nil : profile },
            flow: { try filled(CallCommand.read(file(of: $0))) }, choice: { choices.choice(for: $0) },
            agent: agent(terminal),
            took: { events.timeline.report($0.event(source: events.source)) })
    }

    /// Returns the file of another flow or of a module: by a name or a path beside this flow's file, else as the project
    /// knows flows. An ARN stands for the file that is named for its id.
    private func file(of id: String) throws -> URL {
        // A module's version or alias stands after its id.
        let name = id.split(separator: "/").last.map { String($0.prefix { $0 != ":" }) } ?? id
        let beside = [id, "\(id).json", "\(name).json"].map { folder.appending(path: $0) }
        let isFile = { (url: URL) in (try? url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) == true }
        if !id.isEmpty, let found = beside.first(where: isFile) { return found }
        return try project.flow(named: id)
    }

    private func twilioWorld(
        _ line: TwilioLine, _ contact: FlowContact, _ terminal: CallTerminal
    ) -> TwilioCall.World {
        TwilioCall.World(
            say: { say($0, terminal) }, ask: { try await heard(terminal) }, file: { try terminal.file($0) },
            hint: { terminal.hint($0) },
            post: { path, parameters, deadline in
                let start = ContinuousClock.now
                do {
                    let response = try await line.post(path, parameters, deadline: deadline)
                    events.webhook(path, parameters, response, .now - start)
                    return response
                } catch {
                    events.webhook(path, parameters, nil, .now - start)
                    throw error
                }
            },
            keep: { await line.keep($0) },
            dial: { number in
                guard number == Self.connectNumber else {
                    say("(Nobody answers.)", terminal)
                    return .noAnswer
                }
                try await call(from: contact.customer, terminal)
                return try await terminal.next(only: Self.agentHangsUp) ? .otherHungUp : .callerHungUp
            })
    }

    /// The line typed when an agent ends a call that Twilio has dialled: the caller stays in the previous flow.
    private static let agentHangsUp = "agent hangs up"

    private func say(_ line: ShownLine, _ terminal: CallTerminal) {
        events.said(line)
        terminal.say(line)
    }

    /// Returns an agent's end of the call that shows views as they are; nil where an agent types.
    private func agent(_ terminal: CallTerminal) -> (@Sendable (AgentView) async throws -> AgentAnswer?)? {
        guard let agent = terminal.line?.agent else { return nil }
        return { view in
            let answer = try await agent(view)
            events.answered(answer)
            return answer
        }
    }

    private func heard(_ terminal: CallTerminal, by person: CallPerson = .caller, isSecret: Bool = false) async throws
        -> String?
    {
        let typed = try await terminal.next()
        let isHungUp = typed?.lowercased().split(separator: " ").joined() == "hangup"
        let heard = isHungUp ? nil : typed
        if isSecret, let heard { events.timeline.redaction.add(input: heard) }
        events.typed(heard, by: person)
        return heard
    }

    /// Returns a flow with this session's values filled in.
    private func filled(_ flow: ContactFlow) throws -> ContactFlow {
        var values = [
            "AWS::Partition": "aws", "AWS::Region": "eu-central-1", "GuideFlowId": "guide", "QueueArn": "queue",
            "SegmentName": "Enterprise", "SegmentQueueArn": "segment's queue",
            "SystemEmailAddress": "appointments@example.com",
            "TwilioPhoneNumber": Self.twilioNumber, "VoiceAuthFlowArn": "voice-auth-contact",
        ]
        for function in project.functions {
            values["\(function.name).Arn"] = "arn:aws:lambda:eu-central-1:123456789012:function:\(function.name)"
        }
        // A name of the flow's own stands for itself: nothing here depends on it.
        for name in FlowVariables.names(of: flow.json) where values[name] == nil { values[name] = name }
        return try ContactFlow(FlowVariables.filled(flow.json, values).bytes, named: flow.name)
    }
}

extension ContactFlow {
    /// True when the flow, or one that it continues with, sends digits with a transfer: then the session is bound to
    /// the contact.
    func usesDigits(in project: Project) -> Bool {
        let transfers = actions.filter { $0.type == "TransferParticipantToThirdParty" }
        return transfers.isEmpty || transfers.contains { $0.parameters["ThirdPartyDTMFDigits"] != nil }
    }
}
