import CCurl

/// libcurl's multi handle: runs the transfers of many easy handles and keeps their connections.
///
/// Unchecked: everything is called on the worker's thread but `wakeUp`, which libcurl allows from any thread.
final class MultiHandle: @unchecked Sendable {
    private let pointer: UnsafeMutableRawPointer
    /// Held here because connections call it until `deinit` has closed them.
    let sockets = SocketTable()

    /// Returns nil when libcurl or OpenSSL cannot be initialised.
    init?() {
        guard Self.globalCode == CURLE_OK, let pointer = curl_multi_init() else { return nil }
        self.pointer = pointer
        ccurl_multi_set_long(pointer, CURLMOPT_PIPELINING, Int(CURLPIPE_NOTHING))
        // Idle connections kept; each costs some tens of kilobytes under TLS.
        ccurl_multi_set_long(pointer, CURLMOPT_MAXCONNECTS, 16)
    }

    deinit {
        curl_multi_cleanup(pointer)
    }

    /// Initialises libcurl and OpenSSL when first read; once a process.
    private static let globalCode = curl_global_init(Int(CURL_GLOBAL_DEFAULT))

    /// Starts the easy handle's transfer; returns false when there is no memory.
    func add(_ easy: EasyHandle) -> Bool {
        curl_multi_add_handle(pointer, easy.pointer) == CURLM_OK
    }

    /// Takes the easy handle out; a transfer that has not ended closes its connection.
    func remove(_ easy: EasyHandle) {
        curl_multi_remove_handle(pointer, easy.pointer)
    }

    /// Moves every transfer on as far as it goes without waiting.
    func perform() {
        var running: Int32 = 0
        curl_multi_perform(pointer, &running)
    }

    /// The next transfer that has ended: its easy handle's pointer and libcurl's code.
    func nextEnded() -> (easy: UnsafeMutableRawPointer, code: CurlCode)? {
        var left: Int32 = 0
        while let message = curl_multi_info_read(pointer, &left) {
            if message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle {
                return (easy, CurlCode(message.pointee.data.result))
            }
        }
        return nil
    }

    /// Sleeps until a socket is ready, a timer of libcurl's is due, `wakeUp` was called, or the time is over.
    func wait(milliseconds: Int32) {
        curl_multi_poll(pointer, nil, 0, milliseconds, nil)
    }

    /// Ends `wait`, or the next one.
    func wakeUp() {
        curl_multi_wakeup(pointer)
    }
}
