package import AWS
import Encoding
import Foundation
import HTTPTypes
package import JSON
import Settings

extension Ministack {
    /// A service under the name that requests use.
    package enum Service: String, Sendable {
        case apiGateway = "apigateway"
        case cloudFormation = "cloudformation"
        case cloudWatch = "monitoring"
        case dynamoDB = "dynamodb"
        case eventBridge = "events"
        case iam
        case kinesis
        case lambda
        case logs
        case s3
        case secretsManager = "secretsmanager"
        case ses
        case sqs
    }

    /// Sends a request that the root user has signed; throws the service's code and message when it is refused.
    ///
    /// - Parameters:
    ///   - path: The path in the form sent on the wire, query included.
    ///   - unsigned: Headers that the signature does not cover.
    ///   - action: The action's name for errors; the method and the path where it has none.
    package func send(
        _ method: String, _ path: String, to service: Service, fields: [String: String] = [:],
        unsigned: [String: String] = [:], body: [UInt8] = [], action: String? = nil
    ) async throws -> HTTPMessage {
        let action = action ?? "\(method) \(path)"
        var request = HTTPRequest(
            method: HTTPRequest.Method(method) ?? .get, scheme: "http", authority: "127.0.0.1:\(port)", path: path)
        for (name, value) in fields {
            if let name = HTTPField.Name(name) { request.headerFields[name] = value }
        }
        let signer = Signer(
            credentials: credentials, region: region, service: service.rawValue,
            pathRule: service == .s3 ? .encodedOnce : .normalizedAndEncodedAgain)
        let signed = signer.sign(request, body: body, addsBodyHash: service == .s3, at: UTCTime.now)
        let answer: HTTPMessage
        do {
            answer = try await LocalHTTP.send(
                method, path, port: port,
                fields: Dictionary(signed.headerFields.map { ($0.name.rawName, $0.value) }, uniquingKeysWith: { $1 })
                    .merging(unsigned) { own, _ in own },
                body: body)
        } catch {
            try Task.checkCancellation()
            throw LocalAWSError(
                "The local AWS did not answer \(action): \(PlainError.reason(of: error)). It said:\n\(log(lines: 5))")
        }
        guard let status = answer.status, (200..<300).contains(status) else {
            throw Self.refusal(of: action, answer)
        }
        return answer
    }

    /// Calls an action of a service that speaks AWS's JSON 1.0 or 1.1, such as `AmazonSQS.ListQueues`.
    @discardableResult
    package func call(
        _ target: String, of service: Service, _ input: JSONValue = [:], unsigned: [String: String] = [:]
    ) async throws -> JSONValue {
        let version = service == .dynamoDB || service == .sqs ? "1.0" : "1.1"
        let answer = try await send(
            "POST", "/", to: service,
            fields: ["Content-Type": "application/x-amz-json-\(version)", "X-Amz-Target": target], unsigned: unsigned,
            body: input.bytes, action: target)
        return answer.body.isEmpty ? [:] : try JSONValue(parsing: answer.body)
    }

    /// Calls a REST action that speaks JSON.
    @discardableResult
    package func rest(
        _ method: String, _ path: String, of service: Service, _ input: JSONValue? = nil
    ) async throws -> JSONValue {
        let answer = try await send(
            method, path, to: service, fields: input == nil ? [:] : ["Content-Type": "application/json"],
            body: input?.bytes ?? [])
        return answer.body.isEmpty ? [:] : try JSONValue(parsing: answer.body)
    }

    /// Calls an action of a service that takes forms and returns XML.
    @discardableResult
    package func query(
        _ action: String, of service: Service, version: String, _ parameters: [(name: String, value: String)] = []
    ) async throws -> XMLElement {
        let form = PercentEncoding.form([("Action", action), ("Version", version)] + parameters)
        let answer = try await send(
            "POST", "/", to: service, fields: ["Content-Type": "application/x-www-form-urlencoded"],
            body: Array(form.utf8), action: action)
        return try XMLElement(parsing: answer.body)
    }

    /// Returns the error of a refusal in JSON or XML.
    private static func refusal(of what: String, _ answer: HTTPMessage) -> LocalAWSError {
        var code: String?
        var message: String?
        if let json = try? JSONValue(parsing: answer.body) {
            code = (json["__type"] ?? json["code"])?.string ?? answer.fields["x-amzn-errortype"]
            message = (json["message"] ?? json["Message"])?.string
        } else if let root = try? XMLElement(parsing: answer.body) {
            let error = root["Error"] ?? root
            code = error["Code"]?.text
            message = error["Message"]?.text
        }
        let reason = [code, message].compactMap { $0 }.joined(separator: ": ")
        return LocalAWSError(
            "The local AWS refused \(what): \(reason.isEmpty ? answer.startLine : reason)", code: code)
    }
}
