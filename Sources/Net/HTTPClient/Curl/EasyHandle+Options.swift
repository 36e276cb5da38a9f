import CCurl

extension EasyHandle {
    /// Sets options and keeps the first failure.
    struct Options {
        let pointer: UnsafeMutableRawPointer
        private(set) var failure = CURLE_OK

        init(pointer: UnsafeMutableRawPointer) {
            self.pointer = pointer
        }

        mutating func failure(_ code: CURLcode) {
            if failure == CURLE_OK { failure = code }
        }

        mutating func set(_ option: CURLoption, _ value: Int) { failure(ccurl_easy_set_long(pointer, option, value)) }
        mutating func set(_ option: CURLoption, _ value: String?) {
            failure(ccurl_easy_set_string(pointer, option, value))
        }
        mutating func set(_ option: CURLoption, _ value: UnsafeMutableRawPointer?) {
            failure(ccurl_easy_set_pointer(pointer, option, value))
        }
        mutating func set(_ option: CURLoption, _ value: UnsafeMutablePointer<curl_slist>?) {
            failure(ccurl_easy_set_list(pointer, option, value))
        }
        mutating func setOpenSocket(_ callback: curl_opensocket_callback) {
            failure(ccurl_easy_set_opensocket(pointer, callback))
        }
        mutating func setCloseSocket(_ callback: curl_closesocket_callback) {
            failure(ccurl_easy_set_closesocket(pointer, callback))
        }
        mutating func setBeforeRequest(_ callback: curl_prereq_callback) {
            failure(ccurl_easy_set_prereq(pointer, callback))
        }
        mutating func setTLSContext(_ callback: curl_ssl_ctx_callback) {
            failure(ccurl_easy_set_ssl_context(pointer, callback))
        }
        mutating func setWrite(_ option: CURLoption, _ callback: curl_write_callback) {
            failure(ccurl_easy_set_write(pointer, option, callback))
        }
    }
}
