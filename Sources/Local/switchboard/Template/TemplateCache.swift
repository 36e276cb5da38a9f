import Synchronization

/// A cache of the parsed template.yaml, valid while the file's bytes are the same: parsing takes 0.15 s, and a command
/// needs it for every function.
final class TemplateCache: Sendable {
    private let last = Mutex<(bytes: [UInt8], template: Template)?>(nil)

    /// Rethrows the errors of `Template.init`, and caches nothing then.
    func template(of bytes: [UInt8]) throws -> Template {
        if let last = last.withLock(\.self), last.bytes == bytes { return last.template }
        let template = try Template(bytes)
        last.withLock { $0 = (bytes, template) }
        return template
    }
}
