/// An e-mail with a subject, and a text or an HTML part or both, all in UTF-8.
///
/// Addresses are `local@domain` or `Name <local@domain>`, ASCII; at most 50 recipients in all.
package struct Email: Sendable, Equatable {
    /// A name and a value that SES reports with the message's events: ASCII letters, digits, `_`, `-`, `.` and `@`, at
    /// most 256 of them.
    package struct Tag: Sendable, Equatable {
        package var name: String
        package var value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    package var from: String
    package var to: [String]
    package var cc: [String]
    package var bcc: [String]
    package var replyTo: [String]
    package var subject: String
    package var text: String?
    package var html: String?
    package var configurationSet: String?
    package var tags: [Tag]

    package init(
        from: String, to: [String], cc: [String] = [], bcc: [String] = [], replyTo: [String] = [], subject: String,
        text: String? = nil, html: String? = nil, configurationSet: String? = nil, tags: [Tag] = []
    ) {
        self.from = from
        self.to = to
        self.cc = cc
        self.bcc = bcc
        self.replyTo = replyTo
        self.subject = subject
        self.text = text
        self.html = html
        self.configurationSet = configurationSet
        self.tags = tags
    }
}
