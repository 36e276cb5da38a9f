import Foundation
import Synchronization

extension AWSDouble {
    /// Serves one request; returns false when the connection is over.
    func serve(_ request: ScriptedServer.Request, on connection: ScriptedServer.Connection) throws -> Bool {
        guard let operation = Self.operation(of: request) else {
            try connection.answer(Self.refusal(400, "UnknownOperationException", nil, isXML: false))
            return true
        }
        let behaviour = state.withLock { state in
            state.calls.append(Call(operation: operation, body: request.text))
            state.counts[operation, default: 0] += 1
            return state.behaviour(operation, state.counts[operation, default: 0])
        }
        let isXML = operation == .publish || operation == .checkOptOut
        switch behaviour {
        case .normal: try connection.answer(perform(operation, request))
        case .slow(let milliseconds):
            let answer = perform(operation, request)
            try connection.sleep(for: .milliseconds(milliseconds))
            try connection.answer(answer)
        case .refuse(let status, let code, let reason):
            try connection.answer(Self.refusal(status, code, reason, isXML: isXML))
        case .refuseAfterDoing(let status):
            _ = perform(operation, request)
            try connection.answer(Self.refusal(status, "InternalServerError", nil, isXML: isXML))
        case .hang:
            _ = perform(operation, request)
            connection.hang()
            return false
        case .resetAfterDoing:
            _ = perform(operation, request)
            connection.reset()
            return false
        case .resetMidBody:
            let bytes = perform(operation, request).bytes
            try connection.send(Array(bytes.dropLast(5)))
            try connection.sleep(for: .milliseconds(20))
            connection.reset()
            return false
        case .unreadable:
            _ = perform(operation, request)
            try connection.answer(ScriptedServer.Response("this is neither JSON nor XML"))
        }
        return true
    }

    private static func operation(of request: ScriptedServer.Request) -> Operation? {
        if request.target == "/v2/email/outbound-emails" { return .sendEmail }
        if let target = request["X-Amz-Target"] {
            return target.split(separator: ".").last.flatMap { Operation(rawValue: String($0)) }
        }
        return form(request)["Action"].flatMap(Operation.init)
    }

    /// Returns the parameters of a form-encoded body.
    package static func form(_ text: String) -> [String: String] {
        var components = URLComponents()
        components.percentEncodedQuery = text.replacingOccurrences(of: "+", with: "%20")
        return Dictionary(
            (components.queryItems ?? []).map { ($0.name, $0.value ?? "") }, uniquingKeysWith: { first, _ in first })
    }

    private static func form(_ request: ScriptedServer.Request) -> [String: String] { form(request.text) }

    private func perform(_ operation: Operation, _ request: ScriptedServer.Request) -> ScriptedServer.Response {
        switch operation {
        case .sendEmail, .sendTextMessage:
            return ScriptedServer.Response("{\"MessageId\":\"message-\(nextSend())\"}")
        case .publish:
            return ScriptedServer.Response(
                "<PublishResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><PublishResult><MessageId>"
                    + "message-\(nextSend())</MessageId></PublishResult></PublishResponse>")
        case .checkOptOut:
            let number = Self.form(request)["phoneNumber"] ?? ""
            let isOptedOut = state.withLock { $0.optedOut.contains(number) }
            return ScriptedServer.Response(
                "<CheckIfPhoneNumberIsOptedOutResponse><CheckIfPhoneNumberIsOptedOutResult><isOptedOut>\(isOptedOut)"
                    + "</isOptedOut></CheckIfPhoneNumberIsOptedOutResult></CheckIfPhoneNumberIsOptedOutResponse>")
        case .getItem, .putItem, .deleteItem:
            guard let input = try? JSONDecoder().decode(DynamoDBRequest.self, from: Data(request.body)) else {
                return Self.refusal(400, "SerializationException", nil, isXML: false)
            }
            return state.withLock { input.perform(operation, on: &$0.items) }
        }
    }

    private func nextSend() -> Int {
        state.withLock { state in
            state.sends += 1
            return state.sends
        }
    }

    static func refusal(_ status: Int, _ code: String, _ reason: String?, isXML: Bool) -> ScriptedServer.Response {
        // Like AWS's, the message repeats the request: no part of it may be logged or returned.
        let message = "refused: maria.silva@example.net +12065550142"
        if isXML {
            return ScriptedServer.Response(
                status: status,
                "<ErrorResponse><Error><Type>Sender</Type><Code>\(code)</Code><Message>\(message)</Message></Error>"
                    + "</ErrorResponse>")
        }
        let more = reason.map { ",\"Reason\":\"\($0)\"" } ?? ""
        return ScriptedServer.Response(
            status: status, headers: [("x-amzn-ErrorType", code)],
            "{\"__type\":\"\(code)\",\"message\":\"\(message)\"\(more)}")
    }
}
