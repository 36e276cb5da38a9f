import HTTPTypes
import Synchronization

/// One request on its way, and the part of the response received so far.
///
/// Unchecked: the worker's thread alone touches the variables once the transfer is submitted; the rest never changes.
final class Transfer: @unchecked Sendable {
    let request: PreparedRequest
    let options: RequestOptions
    let deadline: ContinuousClock.Instant
    let cancellation: Cancellation
    private let continuation: CheckedContinuation<Result<CurlResponse, HTTPClientError>, Never>

    /// The sockets of the worker's thread; set when the transfer starts.
    var sockets: SocketTable?
    /// The number of times that the request was about to be written; zero means not sent.
    private(set) var attempts = 0
    private(set) var head = ResponseHead()
    private var body: [UInt8] = []
    /// The reason why a callback ended the transfer; libcurl then only knows that one did.
    private(set) var fault: Fault?

    enum Fault {
        case sentOnceOnly
        case tooLarge
        case malformed
    }

    init(
        _ request: PreparedRequest, options: RequestOptions, deadline: ContinuousClock.Instant,
        cancellation: Cancellation, continuation: CheckedContinuation<Result<CurlResponse, HTTPClientError>, Never>
    ) {
        self.request = request
        self.options = options
        self.deadline = deadline
        self.cancellation = cancellation
        self.continuation = continuation
    }

    /// Opens a socket to connect with; negative ends the transfer.
    ///
    /// libcurl repeats a request by itself when a kept connection ends before any byte of a response, whether or not
    /// the server has read it. Only idempotent requests get another connection, or another attempt on a kept one.
    func openSocket(family: Int32, type: Int32, protocol number: Int32) -> Int32 {
        guard mayAttempt() else { return -1 }
        return sockets?.open(family: family, type: type, protocol: number, for: self) ?? -1
    }

    /// Called with a connection open, before the request is written on it; false ends the transfer.
    func beginAttempt(localPort: Int32) -> Bool {
        guard mayAttempt() else { return false }
        sockets?.take(localPort: localPort, for: self)
        attempts += 1
        return true
    }

    private func mayAttempt() -> Bool {
        guard attempts > 0, !request.isRepeatable else { return true }
        fault = .sentOnceOnly
        return false
    }

    /// Takes one line of a head, line break included; false ends the transfer.
    func receive(headLine line: UnsafeRawBufferPointer) -> Bool {
        switch head.append(line) {
        case .ok: return true
        case .tooLarge: fault = .tooLarge
        case .malformed: fault = .malformed
        }
        return false
    }

    /// Takes some of the body; false ends the transfer.
    func receive(body bytes: UnsafeRawBufferPointer) -> Bool {
        if body.isEmpty {
            // Refused because of its Content-Length, so that an endless response is not read up to the limit.
            let announced = options.decompresses ? 0 : head.contentLength ?? 0
            guard announced <= options.maximumBodyBytes else {
                fault = .tooLarge
                return false
            }
            body.reserveCapacity(max(announced, bytes.count))
        }
        guard bytes.count <= options.maximumBodyBytes - body.count else {
            fault = .tooLarge
            return false
        }
        body.append(contentsOf: bytes)
        return true
    }

    /// Ends the call with its response.
    func succeed() {
        // libcurl is content with a connection that ends inside the head.
        guard let head = head.response else { return fail(HTTPClientError(curl: .gotNothing, self, detail: "")) }
        continuation.resume(returning: .success(CurlResponse(head: head, body: body)))
    }

    func fail(_ error: HTTPClientError) {
        continuation.resume(returning: .failure(error))
    }
}

/// The note that the task which waits for a transfer was cancelled.
final class Cancellation: Sendable {
    private let flag = Atomic(false)

    var isCancelled: Bool { flag.load(ordering: .acquiring) }

    func cancel() {
        flag.store(true, ordering: .releasing)
    }
}
