/// The rendered subject, text and HTML of an e-mail.
package struct EmailContent: Sendable, Equatable {
    package let subject: String
    package let text: String
    package let html: String

    /// Renders `email/<template>.{subject,txt,html}`; values are escaped in the HTML only.
    ///
    /// Throws `Function.InvalidRequest` for an unknown template and for a missing field.
    package init(
        _ template: String, _ fields: MessageFields, templates: TemplateDirectory
    ) throws(TemplateError) {
        let parts = try templates.templates(template, in: "email", ["subject", "txt", "html"])
        subject = Self.headerText(try fields.render(parts[0], escaping: .none))
        text = try fields.render(parts[1], escaping: .none)
        html = try fields.render(parts[2], escaping: .html)
    }

    /// Returns one line: trailing newlines are removed, and any other control character becomes a space, so that no
    /// value can begin a header.
    static func headerText(_ text: String) -> String {
        var text = text.withoutTrailingNewlines()
        if text.withUTF8({ $0.allSatisfy { 0x20..<0x7F ~= $0 } }) { return text }
        var line = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: line.append(" ")
            default: line.append(scalar)
            }
        }
        return String(line)
    }
}
