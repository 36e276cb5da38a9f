import Encoding
import JSON
package import SystemPackage
package import Timeline

/// The reporting of a function's invocations to a timeline.
package struct FunctionReporting: Sendable {
    package let timeline: Timeline
    /// The local services by their ports, for the requests that the function sends; nil follows none.
    package var services: [UInt16: OutboundExchange.Service]?
    /// Returns the call, conversation or run that the function is invoked in.
    package var source: @Sendable () -> TimelineSource? = { nil }
    /// Gets the function's own output as well; nil for nobody.
    package var echo: FileDescriptor?
    /// Returns the command that invokes a function with an event.
    package var command: (@Sendable (_ function: String, _ event: [UInt8]) -> String?)?

    package init(_ timeline: Timeline) {
        self.timeline = timeline
    }

    /// Returns an invocation's event.
    package static func event(
        _ function: String, _ event: [UInt8], outcome: InvocationOutcome, duration: Duration
    ) -> TimelineEvent {
        let payload = outcome.payload
        let input = readable(event)
        let value = (try? JSONValue(parsing: payload)) ?? .string(String(decoding: payload, as: UTF8.self))
        let status = value["statusCode"]?.int
        let error = value["errorType"]?.string
        let word = outcome.isError ? error ?? "an error" : status.map(String.init) ?? "ok"
        let end: TimelineEvent.Outcome =
            outcome.isError || status ?? 0 >= 500 ? .failed : status ?? 0 >= 400 ? .refused : .ok
        var detail: [String: JSONValue] = ["event": input]
        detail[outcome.isError ? "error" : "response"] = value
        return TimelineEvent(
            .lambda, "invocation", "\(function) → \(word) in \(Int((duration / .milliseconds(1)).rounded())) ms",
            outcome: end, milliseconds: duration.tenths, function: function, detail: .object(detail))
    }

    /// Returns an event as JSON; the body of an HTTP request as text, where it is text in Base64: an equal event, in which
    /// secrets are found.
    static func readable(_ event: [UInt8]) -> JSONValue {
        guard let value = try? JSONValue(parsing: event) else { return .string(String(decoding: event, as: UTF8.self)) }
        guard value["isBase64Encoded"]?.bool == true, var members = value.object,
            let bytes = value["body"]?.string.flatMap({ Base64.decode($0) }),
            let text = String(validating: bytes, as: UTF8.self)
        else { return value }
        members["body"] = .string(text)
        members["isBase64Encoded"] = false
        return .object(members)
    }
}

/// The reporting of one process of a function.
final class ProcessReporting: Sendable {
    let log: FunctionLog
    let proxy: OutboundProxy?
    private let reporting: FunctionReporting
    private let name: String

    init(_ reporting: FunctionReporting, name: String, environment: [String: String]) async throws {
        self.reporting = reporting
        self.name = name
        log = try FunctionLog(named: name, echo: reporting.echo)
        reporting.timeline.redaction.add(variables: environment)
        if let services = reporting.services, environment["http_proxy"] == nil, environment["all_proxy"] == nil {
            proxy = try await OutboundProxy(service: { _, port in services[port] ?? .other })
        } else {
            proxy = nil
        }
    }

    func stop() async {
        await proxy?.stop()
    }

    /// Reports an invocation that has ended, and after it what the function sent.
    func report(
        _ report: InvocationReport, of event: [UInt8], startedAt: String, isCold: Bool, memorySize: Int,
        command: String?
    ) {
        let exchanges = proxy?.take() ?? []
        var told = FunctionReporting.event(name, event, outcome: report.outcome, duration: report.duration)
        told.time = startedAt
        let source = reporting.source()
        told.source = source?.name
        told.command =
            command ?? reporting.command?(name, told.detail?["event"]?.bytes ?? event) ?? source?.command
        let lines =
            ["START RequestId: \(report.requestID) Version: $LATEST"] + log.take()
            + report.lines(memorySize: memorySize)
        var detail = told.detail?.object ?? [:]
        detail["log"] = .array(lines.map(JSONValue.string))
        detail["requests"] = .array(exchanges.map(\.summary))
        detail["cold"] = .bool(isCold)
        detail["initMilliseconds"] = report.initDuration.map { .number("\($0.tenths)") }
        detail["memoryMB"] = report.maxMemory.map { .number(($0 + (1 << 20) - 1) >> 20) }
        detail["requestId"] = .string(report.requestID)
        told.detail = .object(detail)
        let id = reporting.timeline.report(told)
        for exchange in exchanges {
            for event in exchange.events(function: name, invocation: id, source: source?.name) {
                reporting.timeline.report(event)
            }
        }
    }
}
