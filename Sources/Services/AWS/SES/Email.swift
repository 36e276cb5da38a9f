/// An e-mail with a subject, and a text or an HTML part or both, all in UTF-8.
///
/// Addresses are `local@domain` or `Name <local@domain>`, ASCII; at most 50 recipients in all.
package struct Email: Sendable, Equatable {
    package var from: String
    package var to: [String]
    package var replyTo: [String]
    package var subject: String
    package var text: String?
    package var html: String?
    package var configurationSet: String?

    package init(
        from: String, to: [String], replyTo: [String] = [], subject: String, text: String? = nil,
        html: String? = nil, configurationSet: String? = nil
    ) {
        self.from = from
        self.to = to
        self.replyTo = replyTo
        self.subject = subject
        self.text = text
        self.html = html
        self.configurationSet = configurationSet
    }
}
