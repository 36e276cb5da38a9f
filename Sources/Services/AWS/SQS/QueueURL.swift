package import Calling

/// The URL of a queue, such as `https://sqs.eu-central-1.amazonaws.com/123456789012/contact-records`.
package struct QueueURL: Sendable, Equatable {
    /// The URL as it was given, which requests name the queue by.
    package let text: String
    /// The origin of the URL, which requests are sent to.
    package let endpoint: Endpoint

    /// Returns nil for anything but an https URL with a path; http is for loopback hosts.
    package init?(_ text: String) {
        guard let whole = Endpoint(outside: text), !whole.basePath.isEmpty else { return nil }
        self.text = text
        endpoint = Endpoint(scheme: whole.scheme, authority: whole.authority)
    }
}
