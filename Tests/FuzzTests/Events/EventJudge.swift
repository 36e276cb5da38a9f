import HTTPEvents
import JSON

/// The verdict on one invocation: a documented error or a response of the right form, and nothing of the people in the event.
struct EventJudge: Sendable {
    enum Outcome {
        case response([UInt8])
        case error([UInt8])
    }

    let function: FuzzedFunction

    /// The names under which events carry what is personal.
    private static let personal: Set<String> = [
        "destination", "destinationEmail", "customerFullName", "Address", "accessToken", "userId", "deviceId",
        "apiAccessToken",
        "From", "Caller", "authorization", "LastName", "FirstName", "Email", "Phone", "message-details",
        "email", "phone", "subject", "description",
    ]

    /// The number that our own sentences show as an example.
    private static let example = "+12065550100"

    /// Returns a sentence about what is wrong; nil when nothing is.
    func fault(in outcome: Outcome, of event: [UInt8], log: String) -> String? {
        var said = log
        switch outcome {
        case .error(let body):
            said += String(decoding: body, as: UTF8.self)
            if let fault = faultOfError(body, of: event) { return fault }
        case .response(let body):
            if let fault = faultOfResponse(body, to: event) { return fault }
        }
        return leak(of: event, in: said)
    }

    private func faultOfError(_ body: [UInt8], of event: [UInt8]) -> String? {
        guard let error = try? JSONValue(parsing: body), let type = error["errorType"]?.string,
            let message = error["errorMessage"]?.string
        else { return "an error report that is none" }
        guard type.hasPrefix("Function."), function.errors.contains(String(type.dropFirst(9))) else {
            return "an untyped error, \(type): \(message)"
        }
        if function.name == "VoiceAuthCheck", type != "Function.InvalidRequest",
            (try? JSONValue(parsing: event)) != ["phase": "sweep"]
        {
            return "a flow gets \(type) and not the branch unavailable: \(message)"
        }
        if function.name == "ConnectCRM", type != "Function.InvalidRequest", !Self.creates(event) {
            return "a look-up fails with \(type) and is not unavailable: \(message)"
        }
        return message.isEmpty ? "an error without a sentence" : nil
    }

    /// Returns true when the event may ask for a case or a task.
    private static func creates(_ event: [UInt8]) -> Bool {
        String(decoding: event, as: UTF8.self).contains("create")
    }

    private func faultOfResponse(_ body: [UInt8], to event: [UInt8]) -> String? {
        if function.name == "Echo" { return body == event ? nil : "Echo changed its event" }
        guard let response = try? JSONValue(parsing: body), let members = response.object else {
            return "a response that is no JSON object"
        }
        if let status = response["statusCode"] {
            guard let code = status.int, function.statuses.contains(code) else { return "status \(status.text)" }
            return response["body"]?.string == nil ? "an HTTP response without a body" : nil
        }
        if function.name.hasPrefix("Alexa") {
            return response["version"]?.string == "1.0" && response["response"]?.object != nil
                ? nil : "a response that is not Alexa's"
        }
        if function.name == "ConnectContactRecords" {
            let failures = members["batchItemFailures"]?.array?.map { $0["itemIdentifier"]?.string ?? "" }
            let text = String(decoding: event, as: UTF8.self)
            guard let failures, failures.count <= 1 else { return "not one failure at the most" }
            return failures.allSatisfy { !$0.isEmpty && text.contains($0) } ? nil : "a failure of no record"
        }
        if members["batchItemFailures"]?.array != nil || members["recordings"]?.int != nil { return nil }
        if function.name == "ConnectMetrics" {
            return members["rows"]?.int != nil && members["written"]?.int != nil
                ? nil : "a response without its numbers"
        }
        return members.values.allSatisfy { $0.string != nil } ? nil : "a response that a flow cannot read"
    }

    /// Returns a sentence where something personal of the event is in what was logged or reported.
    private func leak(of event: [UInt8], in said: String) -> String? {
        guard !said.isEmpty, let json = try? JSONValue(parsing: event) else { return nil }
        var values: [String] = []
        collect(json, into: &values)
        if let request = try? HTTPEvent(json) {
            if let body = try? JSONValue(parsing: request.body) { collect(body, into: &values) }
            values += (request.formParameters ?? []).filter { Self.personal.contains($0.name) }.map(\.value)
        }
        // Words that a sentence of ours may hold by itself do not count.
        let telling = values.filter { value in
            value.utf8.count >= 8 && value.utf8.count < 200 && value != Self.example
                && value.contains { $0.isNumber || $0 == "@" || $0 == " " }
        }
        return telling.first { said.contains($0) }.map { value in
            let line = said.split(separator: "\n").first { $0.contains(value) } ?? ""
            return "something personal is logged or reported\n\(value)\n\(line)"
        }
    }

    private func collect(_ value: JSONValue, into values: inout [String]) {
        switch value {
        case .object(let members):
            for (name, member) in members {
                if Self.personal.contains(name), let text = member.string { values.append(text) }
                if name == "formData" { values += (member.object ?? [:]).values.compactMap(\.string) }
                collect(member, into: &values)
            }
        case .array(let elements): for element in elements.prefix(50) { collect(element, into: &values) }
        default: break
        }
    }
}
