/// Why a template cannot be parsed or filled in; says which template, and the line or the field.
package struct TemplateError: Error, Equatable, CustomStringConvertible {
    package let description: String

    /// A fault in the template's text; lines count from 1.
    static func malformed(_ template: String, line: Int, _ fault: String) -> TemplateError {
        TemplateError(description: "The template \(template) is malformed in line \(line): \(fault).")
    }

    /// A value that is missing or null.
    static func missing(_ field: String, in template: String) -> TemplateError {
        TemplateError(
            description: "The field \(field) is missing: the template \(template) prints it, so the event must give it."
        )
    }

    /// A value that has no text.
    static func notPrintable(_ field: String, in template: String) -> TemplateError {
        TemplateError(
            description: "The field \(field) is a list or an object: the template \(template) prints it, "
                + "so it must be a string, a number or a boolean.")
    }
}
