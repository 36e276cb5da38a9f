import Synchronization

/// What template.yaml was parsed to, for as long as it holds the same bytes: parsing takes 0.15 s, and a command asks for
/// every function.
final class TemplateCache: Sendable {
    private let last = Mutex<(bytes: [UInt8], template: Template)?>(nil)

    /// Throws what `Template.init` throws, and keeps nothing then.
    func template(of bytes: [UInt8]) throws -> Template {
        if let last = last.withLock(\.self), last.bytes == bytes { return last.template }
        let template = try Template(bytes)
        last.withLock { $0 = (bytes, template) }
        return template
    }
}
