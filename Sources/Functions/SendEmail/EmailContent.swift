import MessageTemplates

/// The rendered subject, text and HTML of an e-mail.
struct EmailContent: Equatable {
    let subject: String
    let text: String
    let html: String

    /// Renders `email/<template>.{subject,txt,html}`; values are escaped in the HTML only.
    ///
    /// Throws `Function.InvalidRequest` for an unknown template and for a missing field.
    init(_ request: EmailRequest, templates: TemplateDirectory) throws {
        let parts = try templates.templates(request.template, in: "email", ["subject", "txt", "html"])
        subject = Self.headerText(try request.fields.render(parts[0], escaping: .none))
        text = try request.fields.render(parts[1], escaping: .none)
        html = try request.fields.render(parts[2], escaping: .html)
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
