package import JSON

/// A text with tags, in the part of Mustache that messages need.
///
/// `{{name}}` is a value, `{{{name}}}` the same never escaped, `{{#name}}…{{/name}}` a section, `{{^name}}…{{/name}}`
/// an inverted section, `{{!…}}` a comment. A tag of a section or a comment alone on its line leaves no line behind.
/// Everything else of Mustache is an error: partials, set delimiters, dotted names, `{{.}}` and `{{&name}}`.
/// mustache(5); the Mustache specification at github.com/mustache/spec.
///
/// Parsing and rendering take time in proportion to the template, the data and the result, however deep sections nest.
package struct MessageTemplate: Sendable {
    /// The escaping of values for the text around them.
    package enum Escaping: Sendable {
        /// For plain text: values are not escaped.
        case none
        /// For HTML: `& < > " '` become entities.
        case html
    }

    /// The template's name for errors, such as `email/cancellation.html`.
    package let name: String
    private let steps: TemplateSteps

    /// Parses a template; throws a `TemplateError` that names the template and the line.
    package init(parsing text: String, name: String) throws(TemplateError) {
        var parser = TemplateParser(text, name: name)
        self.name = name
        steps = try parser.parse()
    }

    /// Fills the template in with the given fields.
    ///
    /// Throws a `TemplateError` that names the field when a value is missing or null, or is a list or an object.
    package func render(_ fields: [String: JSONValue], escaping: Escaping) throws(TemplateError) -> String {
        var renderer = TemplateRenderer(steps, fields, name: name, escaping: escaping)
        return try renderer.render()
    }
}
