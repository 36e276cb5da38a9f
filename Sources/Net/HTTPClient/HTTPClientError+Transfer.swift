import Calling

extension HTTPClientError {
    /// The error for libcurl's code at the end of a transfer; `detail` is libcurl's own sentence.
    init(curl code: CurlCode, _ transfer: Transfer, detail: String) {
        let host = transfer.request.authority
        let outcome: Outcome = transfer.attempts == 0 ? .notSent : .unknown
        let sentence: (Code, String)
        switch transfer.fault {
        case .sentOnceOnly?: sentence = (.connectionLost, "\(host) closed the connection without an answer")
        case .tooLarge?: sentence = (.answerTooLarge, Self.tooLarge(host, transfer))
        case .malformed?: sentence = (.malformedAnswer, "\(host) did not answer in HTTP: check what listens there")
        case nil: sentence = Self.sentence(code, transfer, detail: detail.isEmpty ? code.text : detail)
        }
        let warning =
            outcome == .unknown && !transfer.request.isRepeatable ? " The request may have been processed." : ""
        self.init(code: sentence.0, outcome: outcome, description: "\(sentence.1).\(warning)")
    }

    private static func sentence(_ code: CurlCode, _ transfer: Transfer, detail: String) -> (Code, String) {
        let host = transfer.request.authority
        // Until the request is written libcurl's sentences hold the names of hosts and certificates only.
        let isConnecting = transfer.attempts == 0
        switch code {
        case .couldntResolveHost:
            return (.couldNotResolve, "\(host) could not be resolved: check the name and the network's DNS")
        case .couldntResolveProxy:
            return (.couldNotResolve, "The proxy for \(host) could not be resolved: check the proxy variables")
        case .operationTimedOut:
            let step = isConnecting ? "No connection to \(host) was made" : "\(host) had not answered in full"
            return (.timedOut, "\(step) by the deadline")
        case .tooLarge:
            return (.answerTooLarge, tooLarge(host, transfer))
        case .outOfMemory where transfer.attempts > 0 && transfer.head.response == nil:
            // The message of libcurl before 8.6 for a header line above 100 KB.
            return (.answerTooLarge, tooLarge(host, transfer))
        case .outOfMemory:
            return (.failed, "There was no memory for a call to \(host)")
        case .urlMalformat where isConnecting:
            return (.invalidRequest, "The request to \(host) was not sent: that is no host or host:port")
        case .caBundleUnusable:
            // libcurl's sentence only says that a callback failed.
            return (
                .tlsFailed,
                "No secure connection to \(host): the CA bundle holds no certificate, or one that OpenSSL cannot read; "
                    + "correct the file that SSL_CERT_FILE or CURL_CA_BUNDLE names, or unset it to use the system's"
            )
        case _ where code.isTLSFailure && isConnecting:
            return (.tlsFailed, "No secure connection to \(host): \(detail); check the host and the CA bundle")
        case _ where isConnecting:
            return (.couldNotConnect, "Could not connect to \(host): \(detail); check that it can be reached from here")
        case .weirdServerReply, .unsupportedProtocol, .badContentEncoding:
            return (.malformedAnswer, "\(host) did not answer in HTTP: check what listens there")
        default:
            return (.connectionLost, "The connection to \(host) was lost before the answer was whole: \(code.text)")
        }
    }

    private static func tooLarge(_ host: String, _ transfer: Transfer) -> String {
        "\(host) answered with more than \(transfer.options.maximumBodyBytes) bytes of body or "
            + "\(ResponseHead.maximumBytes) of head: ask for less or allow more"
    }

    /// The task was cancelled.
    static func cancelled(_ transfer: Transfer) -> HTTPClientError {
        let isSent = transfer.attempts > 0
        return HTTPClientError(
            code: .cancelled, outcome: isSent ? .unknown : .notSent,
            description: "The call to \(transfer.request.authority) was cancelled\(isSent ? " after it was sent" : "")."
        )
    }

    static func untrusted(_ transfer: Transfer, _ reason: String) -> HTTPClientError {
        HTTPClientError(
            code: .tlsFailed, outcome: .notSent,
            description: "No secure connection to \(transfer.request.authority): \(reason).")
    }

    static func failed(_ transfer: Transfer, _ reason: String) -> HTTPClientError {
        HTTPClientError(
            code: .failed, outcome: .notSent,
            description: "The call to \(transfer.request.authority) was not made: \(reason).")
    }
}
