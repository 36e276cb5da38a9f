import CCurl
import HTTPTypes

/// One of libcurl's easy handles: carries one transfer at a time; connections outlive it in the multi handle.
///
/// Used on the worker's thread only.
final class EasyHandle {
    let pointer: UnsafeMutableRawPointer
    private var headers: UnsafeMutablePointer<curl_slist>?
    private let detailBuffer = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))

    /// Returns nil when there is no memory for one.
    init?() {
        guard let pointer = curl_easy_init() else {
            detailBuffer.deallocate()
            return nil
        }
        self.pointer = pointer
        detailBuffer.pointee = 0
    }

    deinit {
        curl_easy_cleanup(pointer)
        curl_slist_free_all(headers)
        detailBuffer.deallocate()
    }

    /// libcurl's sentence on the last failure; it may hold more than the host, so only some codes show it.
    var detail: String { String(cString: detailBuffer) }

    /// Makes the handle ready to carry `transfer`, which must outlive it, as `sockets` and `trust` must all connections.
    func prepare(
        _ transfer: Transfer, _ sockets: SocketTable, _ settings: NetworkSettings, _ trust: TLSTrust,
        usesKnownAddress: Bool, milliseconds: Int
    ) -> CurlCode {
        let request = transfer.request
        detailBuffer.pointee = 0
        for line in request.headerLines {
            guard let grown = curl_slist_append(headers, line) else { return .outOfMemory }
            headers = grown
        }
        var options = Options(pointer: pointer)
        options.set(CURLOPT_ERRORBUFFER, UnsafeMutableRawPointer(detailBuffer))
        options.set(CURLOPT_NOSIGNAL, 1)
        options.set(CURLOPT_QUICK_EXIT, 1)
        options.set(CURLOPT_TIMEOUT_MS, milliseconds)
        options.set(CURLOPT_CONNECTTIMEOUT_MS, milliseconds)
        // Both ages are on a clock that Lambda stops; `SocketTable` and `ResolvedNames` remove older entries.
        options.set(CURLOPT_MAXAGE_CONN, Int(transfer.options.maximumIdle.components.seconds))
        options.set(
            CURLOPT_DNS_CACHE_TIMEOUT, usesKnownAddress ? Int(ResolvedNames.lifetime.components.seconds) : 0)

        options.set(CURLOPT_PROTOCOLS_STR, "http,https")
        options.set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
        options.set(CURLOPT_URL, request.url)
        options.set(CURLOPT_PATH_AS_IS, 1)
        setMethod(request, &options)
        options.set(CURLOPT_HTTPHEADER, headers)
        options.set(CURLOPT_HEADEROPT, Int(CURLHEADER_SEPARATE))
        options.set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        if transfer.options.decompresses { options.set(CURLOPT_ACCEPT_ENCODING, "") }

        options.set(CURLOPT_PROXY, request.isSecure ? settings.httpsProxy : settings.httpProxy)
        options.set(CURLOPT_NOPROXY, settings.noProxy)
        setTLS(trust, &options)
        setCallbacks(for: transfer, sockets, &options)
        if request.connectsOnly { stopBeforeRequest(&options) }
        return CurlCode(options.failure)
    }

    /// Forgets the transfer; the TLS session cache stays.
    func reset() {
        curl_easy_reset(pointer)
        curl_slist_free_all(headers)
        headers = nil
    }

    /// Makes the transfer fail once the connection is there, before anything is written, in a way that keeps the connection
    /// for others.
    ///
    /// `CURLOPT_CONNECT_ONLY` and a refusal by `CURLOPT_PREREQFUNCTION` do not: the one reserves the connection for its
    /// handle, the other closes it. A condition on a date that no calendar has is found out when the head is made, and is
    /// the request's own fault.
    private func stopBeforeRequest(_ options: inout Options) {
        options.set(CURLOPT_TIMECONDITION, Int(CURL_TIMECOND_IFMODSINCE.rawValue))
        options.failure(ccurl_easy_set_offset(pointer, CURLOPT_TIMEVALUE_LARGE, .max))
    }

    private func setMethod(_ request: PreparedRequest, _ options: inout Options) {
        switch request.method {
        case .get: options.set(CURLOPT_HTTPGET, 1)
        case .head: options.set(CURLOPT_NOBODY, 1)
        default:
            if request.method == .delete, request.body.isEmpty {
                options.set(CURLOPT_HTTPGET, 1)
            } else {
                options.set(CURLOPT_POST, 1)
                options.failure(ccurl_easy_set_offset(pointer, CURLOPT_POSTFIELDSIZE_LARGE, Int(request.body.count)))
                request.body.withUnsafeBytes { bytes in
                    // Never nil, which would ask for a read callback.
                    withUnsafeBytes(of: 0) { empty in
                        options.set(
                            CURLOPT_COPYPOSTFIELDS,
                            UnsafeMutableRawPointer(mutating: bytes.baseAddress ?? empty.baseAddress))
                    }
                }
            }
            if request.method != .post { options.set(CURLOPT_CUSTOMREQUEST, request.method.rawValue) }
        }
    }

    private func setTLS(_ trust: TLSTrust, _ options: inout Options) {
        for (peer, host, version, file, folder) in [
            (
                CURLOPT_SSL_VERIFYPEER, CURLOPT_SSL_VERIFYHOST, CURLOPT_SSLVERSION, CURLOPT_CAINFO, CURLOPT_CAPATH
            ),
            (
                CURLOPT_PROXY_SSL_VERIFYPEER, CURLOPT_PROXY_SSL_VERIFYHOST, CURLOPT_PROXY_SSLVERSION,
                CURLOPT_PROXY_CAINFO, CURLOPT_PROXY_CAPATH
            ),
        ] {
            options.set(peer, 1)
            options.set(host, 2)
            options.set(version, Int(CURL_SSLVERSION_TLSv1_2))
            // libcurl would parse the whole bundle, and trust what it was built with: `TLSTrust` says who is trusted.
            options.set(file, nil as String?)
            options.set(folder, nil as String?)
        }
        options.set(CURLOPT_SSL_CTX_DATA, Unmanaged.passUnretained(trust).toOpaque())
        options.setTLSContext { _, context, trust in
            guard let context, let trust else { return CURLE_SSL_CACERT_BADFILE }
            return Unmanaged<TLSTrust>.fromOpaque(trust).takeUnretainedValue().apply(to: context)
        }
    }
}
