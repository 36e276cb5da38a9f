import Settings

/// A template that cannot be found, parsed or filled in; the sentence names the template, and the line or the field.
package struct TemplateError: TypedError, Equatable {
    package let description: String
    /// True for a file that exists but cannot be read, which no change of the event solves.
    let isUnreadable: Bool

    init(_ description: String, isUnreadable: Bool = false) {
        self.description = description
        self.isUnreadable = isUnreadable
    }

    package var errorType: String { isUnreadable ? "Function.ServiceUnavailable" : "Function.InvalidRequest" }

    /// A fault in the template's text; lines count from 1.
    static func malformed(_ template: String, line: Int, _ fault: String) -> TemplateError {
        TemplateError("The template \(template) is malformed in line \(line): \(fault).")
    }

    /// A value that is missing or null.
    static func missing(_ field: String, in template: String) -> TemplateError {
        TemplateError(
            "The field \(field) is missing: the template \(template) uses it, so the event must give it."
        )
    }

    /// A value that has no text.
    static func notPrintable(_ field: String, in template: String) -> TemplateError {
        TemplateError(
            "The field \(field) is a list or an object: the template \(template) prints it, "
                + "so it must be a string, a number or a boolean.")
    }
}
