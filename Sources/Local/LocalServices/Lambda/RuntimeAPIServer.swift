import Foundation

/// The Runtime API over HTTP on loopback: the server that `AWS_LAMBDA_RUNTIME_API` points to.
package struct RuntimeAPIServer: Sendable {
    /// The identity that the function is told.
    package struct Identity: Sendable {
        package let name: String
        package let region: String

        package init(name: String, region: String) {
            self.name = name
            self.region = region
        }

        var arn: String { "arn:aws:lambda:\(region):123456789012:function:\(name)" }
    }

    private static let base = "/2018-06-01/runtime/"
    /// Streamed responses may be longer than whole ones: 200 MB on Lambda.
    private static let streamLimit = 200 << 20

    private let api: RuntimeAPI
    private let server: LoopbackServer

    /// Serves `api` on a free port.
    package init(_ api: RuntimeAPI, identity: Identity) async throws {
        self.api = api
        server = try await LoopbackServer { connection in
            var connection = connection
            while true {
                let request = try await connection.readMessage(limit: Self.streamLimit)
                guard let answer = await Self.answer(request, api, identity) else { return }
                do {
                    try await connection.write(answer.bytes)
                } catch {
                    if let invocation = answer.invocation {
                        await api.putBack(invocation)
                    }
                    throw error
                }
            }
        }
    }

    /// The value of `AWS_LAMBDA_RUNTIME_API`.
    package var address: String { "127.0.0.1:\(server.port)" }

    /// Closes the port and every connection.
    package func stop() async {
        await api.stop()
        await server.stop()
    }

    private static func answer(
        _ request: HTTPMessage, _ api: RuntimeAPI, _ identity: Identity
    ) async -> RuntimeAPIResponse? {
        let steps = request.path.hasPrefix(base) ? request.path.dropFirst(base.count).split(separator: "/") : []
        switch (request.method, steps.count, steps.first, steps.last) {
        case ("GET", 2, "invocation", "next"):
            return await next(api, identity)
        case ("POST", 3, "invocation", "response"):
            return await take(request, of: String(steps[1]), as: outcome(ofResponse: request), by: api)
        case ("POST", 3, "invocation", "error"):
            return await take(request, of: String(steps[1]), as: .functionError(request.body), by: api)
        case ("POST", 2, "init", "error"):
            return await api.initialisationFailed(request.body)
                ? .accepted
                : .refused(
                    "403 Forbidden", "InvalidStateTransition", "The first invocation/next has been called already.")
        default:
            return await extensions(request, api, identity)
        }
    }

    private static func next(_ api: RuntimeAPI, _ identity: Identity) async -> RuntimeAPIResponse? {
        guard let invocation = await api.next() else { return nil }
        let deadline = Date.now.timeIntervalSince1970 + invocation.timeout / .seconds(1)
        var answer = RuntimeAPIResponse(
            "200 OK",
            [
                ("Lambda-Runtime-Aws-Request-Id", invocation.requestID),
                ("Lambda-Runtime-Invocation-Id", invocation.invocationID),
                ("Lambda-Runtime-Deadline-Ms", "\(Int(deadline * 1000))"),
                ("Lambda-Runtime-Invoked-Function-Arn", identity.arn),
                ("Lambda-Runtime-Trace-Id", invocation.traceID),
            ] + invocation.fields.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }, body: invocation.event,
            isEvent: true)
        answer.invocation = invocation
        return answer
    }

    private static func outcome(ofResponse request: HTTPMessage) -> InvocationOutcome {
        guard let type = request.trailers["Lambda-Runtime-Function-Error-Type"] else { return .answer(request.body) }
        let document =
            request.trailers["Lambda-Runtime-Function-Error-Body"].flatMap { Data(base64Encoded: $0) }.map { Array($0) }
            ?? InvocationOutcome.document(
                type: type, message: "The stream ended with an error that has no readable body.")
        return .streamError(partial: request.body, error: document)
    }

    private static func take(
        _ request: HTTPMessage, of requestID: String, as outcome: InvocationOutcome, by api: RuntimeAPI
    ) async -> RuntimeAPIResponse {
        let isStream = request.fields["Lambda-Runtime-Function-Response-Mode"]?.lowercased() == "streaming"
        let tooLarge = request.bodyIsTooLarge || (!isStream && request.body.count > RuntimeAPI.answerLimit)
        let invocationID = request.fields["Lambda-Runtime-Invocation-Id"]
        switch await api.answer(requestID, invocationID: invocationID, tooLarge: tooLarge, outcome) {
        case .accepted:
            return .accepted
        case .unknownRequest:
            return .refused("400 Bad Request", "InvalidRequestID", "Invalid request ID")
        case .alreadyAnswered:
            return .refused("403 Forbidden", "InvalidStateTransition", "The invocation has been answered already.")
        case .staleInvocation:
            return .refused("410 Gone", "InvalidInvocationID", "The invocation id is not that of this request.")
        case .tooLarge:
            return .refused(
                "413 Payload Too Large", "RequestEntityTooLarge",
                "Exceeded maximum allowed payload size (\(RuntimeAPI.answerLimit) bytes).")
        }
    }

    private static func extensions(_ request: HTTPMessage, _ api: RuntimeAPI, _ identity: Identity) async
        -> RuntimeAPIResponse?
    {
        switch (request.method, request.path) {
        case ("POST", "/2020-01-01/extension/register"):
            guard request.fields["Lambda-Extension-Name"] != nil else {
                return .refused("403 Forbidden", "Extension.InvalidExtensionName", "Lambda-Extension-Name is missing.")
            }
            await api.registerExtension()
            let document =
                #"{"functionName":"\#(identity.name)","functionVersion":"$LATEST","handler":"\#(identity.name)"}"#
            return RuntimeAPIResponse(
                "200 OK", [("Lambda-Extension-Identifier", UUID().uuidString.lowercased())], body: Array(document.utf8))
        default:
            return .refused(
                "404 Not Found", "NotFound", "\(request.method) \(request.path) is not part of the Runtime API.")
        }
    }
}
