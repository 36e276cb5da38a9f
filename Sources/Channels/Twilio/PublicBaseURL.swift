import Calling

/// `TWILIO_PUBLIC_BASE_URL`: the URL of this function at Twilio, up to its own paths.
///
/// It is configuration because an event does not always contain it: API Gateway leaves a custom domain's mapping out.
package struct PublicBaseURL: Sendable, Equatable {
    /// The URL as given, without slashes at its end.
    let text: String
    let scheme: String
    /// `host` or `host:port`.
    let authority: String
    let port: Int?
    /// Empty, or a path that begins with a slash and does not end with one.
    let path: String

    /// Parses `https://host[:port][/base]`, or the same with `http` and a loopback host; nil for anything else, also with a
    /// user, a query or a fragment.
    package init?(outside text: String) {
        guard Endpoint(outside: text) != nil else { return nil }
        self.init(parsing: text)
    }

    /// Parses the same with `http` and any host.
    package init?(parsing text: String) {
        guard let url = BaseURL(parsing: text) else { return nil }
        self.text = String(text.dropLast(url.trailingSlashes))
        scheme = url.scheme
        port = url.port
        authority = url.port.map { "\(url.host):\($0)" } ?? url.host
        path = url.path
    }

    /// Returns the whole URL of one of the function's own paths, which begins with a slash.
    package func url(of path: String) -> WebhookURL {
        WebhookURL(text: text + path)
    }

    /// Returns the same, for TwiML: with the fragment that has Twilio repeat a webhook, twice at most, also after a
    /// status of 5xx.
    ///
    /// By default Twilio repeats it once, and only when no connection was made. A fragment is not sent, and not signed.
    /// "Webhooks (HTTP callbacks): Connection Overrides" in Twilio's documentation.
    package func repeatedURL(of path: String) -> WebhookURL {
        WebhookURL(text: text + path + "#rc=2&rp=ct,5xx")
    }
}

/// A URL of the function's own, for use in TwiML.
package struct WebhookURL: Sendable, Equatable {
    package let text: String
}
