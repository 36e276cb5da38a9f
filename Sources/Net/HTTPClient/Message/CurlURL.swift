import CCurl

/// A URL parsed by libcurl's own parser, so that it means here the same as when it is called.
///
/// The command alone resolves one, since no function follows a redirect; it is here because this target alone imports
/// libcurl.
package struct CurlURL {
    package let scheme: String
    /// The host, with its port when one is given.
    package let authority: String
    /// The path with its query.
    package let path: String

    /// Parses `reference` as seen from the absolute URL `base` (RFC 3986, 5.2); nil when that is not a URL.
    ///
    /// A user and a fragment are dropped; characters that a URL must not contain, such as a space, are percent-encoded.
    package init?(_ reference: String, from base: String) {
        guard let url = curl_url() else { return nil }
        defer { curl_url_cleanup(url) }
        let flags = UInt32(CURLU_PATH_AS_IS | CURLU_URLENCODE)
        guard curl_url_set(url, CURLUPART_URL, base, flags) == CURLUE_OK,
            curl_url_set(url, CURLUPART_URL, reference, flags) == CURLUE_OK
        else { return nil }
        func part(_ part: CURLUPart) -> String? {
            var text: UnsafeMutablePointer<CChar>?
            guard curl_url_get(url, part, &text, 0) == CURLUE_OK, let text else { return nil }
            defer { curl_free(text) }
            return String(cString: text)
        }
        guard let scheme = part(CURLUPART_SCHEME), let host = part(CURLUPART_HOST), let path = part(CURLUPART_PATH)
        else { return nil }
        self.scheme = scheme
        authority = host + (part(CURLUPART_PORT).map { ":\($0)" } ?? "")
        self.path = path + (part(CURLUPART_QUERY).map { "?\($0)" } ?? "")
    }
}
