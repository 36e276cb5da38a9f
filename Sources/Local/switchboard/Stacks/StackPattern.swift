import JSON
import LambdaRuntime
import MessageTemplates

/// A text of stacks/ with Mustache tags in it.
struct StackPattern {
    private let template: MessageTemplate

    /// Parses a text; refuses a malformed one, which `path` names then.
    init(_ text: String, path: String) throws {
        do {
            template = try MessageTemplate(parsing: text, name: path)
        } catch {
            throw Refusal(error.description)
        }
    }

    /// Returns the text filled in with the fields.
    func filled(_ fields: [String: JSONValue]) throws -> String {
        do {
            return try template.render(fields, escaping: .none)
        } catch {
            throw Refusal(error.description)
        }
    }
}
