/// The Lambda Runtime API, version 2018-06-01, for one loop: its calls, and when a connection may be opened again.
final class RuntimeAPIClient {
    /// The most memory that is kept from one event to the next.
    private static let keptBytes = 1 << 20

    /// The longest body that is copied behind its head: two pieces cost the kernel more than the copy of a short one.
    private static let copiedBytes = 4096

    private let address: RuntimeAPIAddress
    private var connection: RuntimeConnection?
    private let buffer = ByteBuffer(capacity: 65_536)
    private let request = ByteBuffer(capacity: 1024)
    private let nextRequest = ByteBuffer(capacity: 1024)
    private let hostAndAgent: String
    private var eventRange = 0..<0
    private var traceRange: Range<Int>?

    init(at address: RuntimeAPIAddress) {
        self.address = address
        hostAndAgent = " HTTP/1.1\r\nHost: \(address)\r\nUser-Agent: switchboard/\(Version.current)\r\n"
        nextRequest.append("GET /2018-06-01/runtime/invocation/next")
        nextRequest.append(hostAndAgent)
        nextRequest.append("\r\n")
    }

    /// The bytes of the event that `next` returned, followed by a zero; they stay until the next call, or
    /// `releaseEvent`.
    var event: UnsafeMutableRawBufferPointer { buffer.terminated(eventRange) }

    /// The bytes of the trace id that `next` returned; they stay as long as `event`.
    var traceID: UnsafeRawBufferPointer? { traceRange.map { UnsafeRawBufferPointer(rebasing: buffer.bytes[$0]) } }

    /// Frees the event's bytes, so that a large one does not stay beside what was made of it.
    func releaseEvent() {
        eventRange = 0..<0
        traceRange = nil
        buffer.shrink(beyond: Self.keptBytes)
    }

    /// Waits for an event: `GET /runtime/invocation/next`.
    func next(logging: LogConfiguration) throws(RuntimeAPIError) -> LambdaContext {
        let (head, body) = try exchange(nextRequest, reopensWhenClosed: true)
        guard head.status == 200 else { throw .status(head.status, path: "/runtime/invocation/next") }
        eventRange = body
        traceRange = head.traceID.flatMap { $0.isEmpty ? nil : $0 }
        return try context(head, logging: logging)
    }

    /// Posts the invocation's response: `POST /runtime/invocation/{id}/response`. Returns the status, 202 or 4xx.
    func respond(to context: LambdaContext, _ body: [UInt8]) throws(RuntimeAPIError) -> Int {
        startPost(of: "/response", context)
        return try post(context, errorType: nil, body) { path(of: context, "response") }
    }

    /// Fails the invocation: `POST /runtime/invocation/{id}/error`. Returns the status, 202 or 4xx.
    func fail(_ context: LambdaContext, _ report: ErrorReport) throws(RuntimeAPIError) -> Int {
        startPost(of: "/error", context)
        return try post(context, errorType: report.errorType, report.body) {
            path(of: context, "error")
        }
    }

    /// Reports that the function could not be made: `POST /runtime/init/error`. Returns the status.
    func failInitialization(_ report: ErrorReport) throws(RuntimeAPIError) -> Int {
        start("POST /2018-06-01/runtime/init/error")
        return try post(nil, errorType: report.errorType, report.body) { "/2018-06-01/runtime/init/error" }
    }

    /// Registers an extension that wants no events, so that Lambda sends SIGTERM before it ends the sandbox.
    ///
    /// Returns the identifier to ask `waitForExtensionEvent` with.
    func registerExtension(named name: String) throws(RuntimeAPIError) -> String {
        start("POST /2020-01-01/extension/register")
        field("Lambda-Extension-Name", name)
        let (head, _) = try exchangeStarted(body: Array(#"{"events":[]}"#.utf8))
        guard head.status == 200, let id = text(head.extensionID) else {
            throw .status(head.status, path: "/extension/register")
        }
        return id
    }

    /// Tells Lambda that the extension is ready; since it asks for no events, the response never comes.
    func waitForExtensionEvent(id: String) throws(RuntimeAPIError) {
        start("GET /2020-01-01/extension/event/next")
        field("Lambda-Extension-Identifier", id)
        request.append("\r\n")
        _ = try exchange(request, reopensWhenClosed: false)
    }

    /// Starts a streamed response: sends its head and returns the connection for the chunks.
    ///
    /// A connection that was closed while the function worked is opened again.
    func startStream(for context: LambdaContext) throws(RuntimeAPIError) -> RuntimeConnection {
        startPost(of: "/response", context)
        invocationFields(context)
        field("Lambda-Runtime-Function-Response-Mode", "streaming")
        field("Transfer-Encoding", "chunked")
        field("Trailer", "Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body")
        request.append("\r\n")
        // The head would be written into a closed connection without a fault, and only the chunks would meet it.
        if connection?.isStale == true { connection = nil }
        let connection = try opened()
        guard try connection.send(request) else { throw .closed }
        return connection
    }

    /// Reads the response to a stream, whole or refused before its end. Returns the status, 202 or 4xx.
    func finishStream(for context: LambdaContext, isWhole: Bool) throws(RuntimeAPIError) -> Int {
        guard let connection else { throw .closed }
        let (head, _) = try connection.receive()
        if !isWhole || !head.keepsAlive { self.connection = nil }
        return try checked(head.status, "/runtime/invocation/\(context.requestID)/response")
    }

    private func path(of context: LambdaContext, _ part: String) -> String {
        "/2018-06-01/runtime/invocation/\(context.requestID)/\(part)"
    }

    private func post(
        _ context: LambdaContext?, errorType: String?, _ body: [UInt8], to path: () -> String
    ) throws(RuntimeAPIError) -> Int {
        invocationFields(context)
        if let errorType { field("Lambda-Runtime-Function-Error-Type", errorType) }
        let (head, _) = try exchangeStarted(body: body)
        return try checked(head.status, path())
    }

    private func checked(_ status: Int, _ path: @autoclosure () -> String) throws(RuntimeAPIError) -> Int {
        guard 200..<300 ~= status || 400..<500 ~= status else { throw .status(status, path: path()) }
        return status
    }
}

// MARK: - Requests

extension RuntimeAPIClient {
    private func start(_ methodAndPath: StaticString) {
        request.removeAll()
        request.append(methodAndPath)
        request.append(hostAndAgent)
    }

    /// Starts a post about an invocation, to its path's last part.
    private func startPost(of part: StaticString, _ context: LambdaContext) {
        request.removeAll()
        request.append("POST /2018-06-01/runtime/invocation/")
        request.append(context.requestID)
        request.append(part)
        request.append(hostAndAgent)
    }

    private func invocationFields(_ context: LambdaContext?) {
        request.append("Content-Type: application/json\r\n")
        if let invocationID = context?.invocationID { field("Lambda-Runtime-Invocation-Id", invocationID) }
    }

    private func field(_ name: StaticString, _ value: String) {
        request.append(name)
        request.append(": ")
        request.append(value)
        request.append("\r\n")
    }

    private func exchangeStarted(body: [UInt8]) throws(RuntimeAPIError) -> (
        head: RuntimeAPIResponseHead, body: Range<Int>
    ) {
        request.append("Content-Length: ")
        request.append(decimal: body.count)
        request.append("\r\n\r\n")
        guard body.count > Self.copiedBytes else {
            request.append(body)
            return try exchange(request)
        }
        return try exchange(request, body)
    }

    /// Sends a request and reads its response.
    ///
    /// A connection that the Runtime API closed while it was idle is opened again, once; with `reopensWhenClosed`, also
    /// one that closed while the response was awaited: asking for `next` again does no harm, but a function's response
    /// that may have been taken would be sent twice.
    private func exchange(_ head: ByteBuffer, _ body: [UInt8] = [], reopensWhenClosed: Bool = false)
        throws(RuntimeAPIError) -> (head: RuntimeAPIResponseHead, body: Range<Int>)
    {
        var mayReopen = true
        while true {
            let connection = try opened()
            let wasSent = try connection.send(head, body)
            do throws(RuntimeAPIError) {
                // Also after a write that failed: a refusal such as 413 may come before the body has been read.
                let answer = try connection.receive()
                if !wasSent || !answer.head.keepsAlive { self.connection = nil }
                return answer
            } catch .closed where mayReopen && (reopensWhenClosed || !wasSent || connection.wasClosedBeforeLastSend) {
                mayReopen = false
                self.connection = nil
            }
        }
    }

    private func opened() throws(RuntimeAPIError) -> RuntimeConnection {
        if let connection { return connection }
        let connection = try RuntimeConnection(to: address, readingInto: buffer)
        self.connection = connection
        return connection
    }
}

// MARK: - The invocation

extension RuntimeAPIClient {
    private func context(_ head: RuntimeAPIResponseHead, logging: LogConfiguration) throws(RuntimeAPIError)
        -> LambdaContext
    {
        guard let requestID = text(head.requestID) else {
            throw .malformedAnswer("it has no Lambda-Runtime-Aws-Request-Id")
        }
        return LambdaContext(
            requestID: requestID,
            deadline: LambdaClock.instant(epochMilliseconds: head.deadline.flatMap(buffer.bytes.decimal)),
            invokedFunctionARN: text(head.invokedFunctionARN), traceID: text(head.traceID),
            clientContext: text(head.clientContext), cognitoIdentity: text(head.cognitoIdentity),
            tenantID: text(head.tenantID), invocationID: text(head.invocationID), logging: logging)
    }

    /// The header's value; an empty header counts as absent.
    private func text(_ range: Range<Int>?) -> String? {
        guard let range, !range.isEmpty else { return nil }
        return String(decoding: buffer.bytes[range], as: UTF8.self)
    }
}
