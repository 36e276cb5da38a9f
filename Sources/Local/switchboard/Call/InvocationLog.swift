import JSON
import LambdaRuntime
import LocalServices

/// The lines of `call --log`: each function's event and response, and each webhook.
enum InvocationLog {
    /// Says the event and the response of a function that a flow invokes, and the `$.External` values they bring.
    static func say(_ function: String, _ event: [UInt8], _ outcome: InvocationOutcome) {
        let name = function.split(separator: ":").last.map(String.init) ?? function
        Terminal.say("\(name) event:    \(String(decoding: event, as: UTF8.self))")
        let kind = outcome.isError ? "error:   " : "response:"
        Terminal.say("\(name) \(kind) \(String(decoding: outcome.payload, as: UTF8.self))")
        guard !outcome.isError else { return }
        for line in external(outcome.payload) { Terminal.say("  \(line)") }
    }

    /// Says the form and the response of a webhook of TwilioVoice.
    static func say(_ path: String, _ form: [String: String], _ response: (status: Int, body: [UInt8])) {
        let fields = form.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
        Terminal.say("TwilioVoice event:    POST \(path) \(fields)")
        Terminal.say("TwilioVoice response: \(response.status) \(String(decoding: response.body, as: UTF8.self))")
    }

    /// Returns `$.External.<name> = <value>` of each field of a response.
    static func external(_ response: [UInt8]) -> [String] {
        let fields = (try? JSONValue(parsing: response))?.object ?? [:]
        return fields.sorted { $0.key < $1.key }.map { name, value in
            "$.External.\(name) = \(value.scalarText ?? value.text)"
        }
    }
}
