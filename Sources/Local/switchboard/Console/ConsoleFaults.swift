import Console
import JSON
import LocalServices
import Synchronization
import Timeline

/// The faults that a person can switch on: each lasts until it is switched off.
final class ConsoleFaults: Sendable {
    /// A fault of one of the local services.
    enum Fault: String, CaseIterable {
        case salesforceSlow = "salesforce-slow"
        case salesforceLimit = "salesforce-limit"
        case salesforceDown = "salesforce-down"
        case voiceItBusy = "voiceit-busy"
        case recordingLate = "recording-late"
        case awsThrottled = "aws-throttled"
        case connectThrottled = "connect-throttled"

        var title: String {
            switch self {
            case .salesforceSlow: "Salesforce is slow"
            case .salesforceLimit: "Salesforce is at its limit"
            case .salesforceDown: "Salesforce is down"
            case .voiceItBusy: "VoiceIt is busy"
            case .recordingLate: "Twilio's recordings are late"
            case .awsThrottled: "AWS is throttled"
            case .connectThrottled: "Amazon Connect is throttled"
            }
        }

        var about: String {
            switch self {
            case .salesforceSlow: "Every data call takes 3 s."
            case .salesforceLimit: "Every data call is refused: 403 REQUEST_LIMIT_EXCEEDED."
            case .salesforceDown: "Every data call finds no server: 503 SERVER_UNAVAILABLE."
            case .voiceItBusy: "Every call is refused: 503."
            case .recordingLate: "A recording is there only after ten requests for it."
            case .awsThrottled:
                "Every request is refused: 400 ThrottlingException, 429 from SES, 503 SlowDown from S3."
            case .connectThrottled:
                "Every request for queues and agents is refused: 429 ThrottlingException. ConnectMetrics repeats it for half a minute."
            }
        }
    }

    private let timeline: Timeline
    private let signals: ConsoleSignals
    private let active = Mutex<Set<Fault>>([])

    init(_ timeline: Timeline, _ signals: ConsoleSignals) {
        self.timeline = timeline
        self.signals = signals
    }

    func json(_ services: ConsoleServices?) -> JSONValue {
        let active = active.withLock { $0 }
        return .array(
            Fault.allCases.map { fault in
                let reason = services.map { Self.reason(fault, $0) } ?? "the local services are still starting."
                return .members([
                    "name": .string(fault.rawValue), "title": .string(fault.title), "about": .string(fault.about),
                    "isOn": .bool(active.contains(fault)), "isAvailable": .bool(reason == nil),
                    "reason": reason.map(JSONValue.string),
                ])
            })
    }

    private static func reason(_ fault: Fault, _ services: ConsoleServices) -> String? {
        switch fault {
        case .salesforceSlow, .salesforceLimit, .salesforceDown:
            services.backEnds.salesforce == nil ? services.backEnds.absence(of: "Salesforce") : nil
        case .voiceItBusy:
            services.backEnds.voiceIt == nil ? services.backEnds.absence(of: "VoiceIt") : nil
        case .recordingLate:
            services.backEnds.recordings == nil ? services.backEnds.absence(of: "Twilio") : nil
        case .awsThrottled: nil
        case .connectThrottled:
            services.backEnds.connect == nil ? services.backEnds.absence(of: "Amazon Connect") : nil
        }
    }

    /// Switches a fault on or off.
    func set(_ name: String, isOn: Bool, _ services: ConsoleServices) async throws {
        guard let fault = Fault(rawValue: name) else { throw Refusal("There is no fault \(name).") }
        if let reason = Self.reason(fault, services) { throw Refusal("\(fault.title): \(reason)") }
        let changes = active.withLock { isOn ? $0.insert(fault).inserted : $0.remove(fault) != nil }
        guard changes else { return }
        try await take(fault, isOn, services)
        timeline.report(
            TimelineEvent(
                .fault, isOn ? "on" : "off", "\(fault.title): \(isOn ? "on" : "off")", outcome: .ok, source: "console",
                detail: ["name": .string(name), "value": .bool(isOn)]))
        signals.changed("faults")
    }

    private func take(_ fault: Fault, _ isOn: Bool, _ services: ConsoleServices) async throws {
        let (org, voiceIt) = (services.backEnds.salesforce?.org, services.backEnds.voiceIt)
        switch fault {
        case .salesforceSlow: await org?.pace(isOn ? 3_000 : 0)
        case .salesforceLimit: await Self.set(.limit, isOn, org)
        case .salesforceDown: await Self.set(.busy, isOn, org)
        case .voiceItBusy:
            if isOn {
                await voiceIt?.account.misbehave(.busy, times: .max)
            } else {
                await voiceIt?.account.recover(from: .busy)
            }
        case .recordingLate: await services.backEnds.recordings?.delay(by: isOn ? 10 : 0)
        case .awsThrottled: try await services.backEnds.throttle(isOn)
        case .connectThrottled:
            let fault = ServiceFault.code("ThrottlingException")
            let centre = services.backEnds.connect?.centre
            if isOn { await centre?.misbehave(fault, times: .max) } else { await centre?.recover(from: fault) }
        }
    }

    private static func set(_ fault: SalesforceFault, _ isOn: Bool, _ org: SalesforceOrg?) async {
        if isOn { await org?.misbehave(fault, times: .max) } else { await org?.recover(from: fault) }
    }
}

extension ConsoleAPI {
    func faults(_ request: ConsoleRequest) async throws -> LocalResponse {
        switch (request.method, request.path.count) {
        case ("GET", 1):
            return LocalResponse(200, ["faults": run.faults.json(await run.start.running)])
        case ("POST", 2):
            try await run.faults.set(
                request.path[1], isOn: request.body["isOn"]?.bool ?? false, await run.start.services())
            return LocalResponse(200, [:])
        default: return Self.notFound
        }
    }
}
