import Encoding
import Glibc
package import Settings
import Synchronization

/// The folder of templates: `email/<name>.{subject,txt,html}` and `sms/<name>.txt`.
///
/// A file is read and parsed on its first use and cached for the life of the process.
package final class TemplateDirectory: Sendable {
    /// `TEMPLATES_DIR`, a folder; without it, `templates` beside the running bootstrap.
    package static var variable: Variable<TemplateDirectory> {
        Variable { environment, faults in
            let given = Variable.optional("TEMPLATES_DIR", expecting: "a folder that is there") {
                isFolder($0) ? $0 : nil
            }
            return given.read(environment, &faults).map {
                TemplateDirectory(path: $0 ?? bundledPath(environment))
            }
        }
    }

    private static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// The template of an event that names none.
    package static let defaultName = "cancellation"

    /// The path of the folder.
    package let path: String
    private let parsed = Mutex<[String: MessageTemplate]>([:])

    package init(path: String) {
        self.path = path
    }

    /// Returns the templates `<folder>/<name>.<suffix>`, in the order of `suffixes`; all of them must exist.
    ///
    /// Throws for a name that is not made of `A-Z a-z 0-9 _ -`, that has no file, or whose
    /// file is malformed or cannot be read.
    package func templates(_ name: String, in folder: String, _ suffixes: [String]) throws(TemplateError)
        -> [MessageTemplate]
    {
        guard Self.isName(name) else {
            throw TemplateError("The parameter template must be a name made of letters, digits, _ and - only.")
        }
        guard suffixes.contains(where: { exists("\(folder)/\(name).\($0)") }) else {
            // The name is not repeated: it is the caller's, and may be anything, such as a person's number.
            throw TemplateError(
                "TEMPLATES_DIR has no template of that name in \(folder): the parameter template must name "
                    + "one of that folder; the default is \(Self.defaultName).")
        }
        var templates: [MessageTemplate] = []
        for suffix in suffixes {
            templates.append(try template("\(folder)/\(name).\(suffix)"))
        }
        return templates
    }

    private func exists(_ file: String) -> Bool {
        parsed.withLock { $0[file] != nil } || access("\(path)/\(file)", F_OK) == 0
    }

    private func template(_ file: String) throws(TemplateError) -> MessageTemplate {
        if let template = parsed.withLock({ $0[file] }) { return template }
        let template = try parse(file)
        parsed.withLock { $0[file] = template }
        return template
    }

    private func parse(_ file: String) throws(TemplateError) -> MessageTemplate {
        guard exists(file) else {
            throw TemplateError("TEMPLATES_DIR has no \(file), a part of that template: add it there.")
        }
        guard let bytes = FileContents.read("\(path)/\(file)") else {
            throw TemplateError("The template \(file) cannot be read: check its permissions.", isUnreadable: true)
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw TemplateError("The template \(file) is not UTF-8: save it as UTF-8.")
        }
        do throws(TemplateError) {
            // Windows editors begin a file with a byte order mark, which must not begin a subject.
            return try MessageTemplate(
                parsing: text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text, name: file)
        } catch {
            throw TemplateError(error.description)
        }
    }

    private static func isName(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { $0.isASCIILetterOrDigit || "-_".utf8.contains($0) }
    }

    /// Returns `templates` beside the executable; where there is no /proc, in the folder Lambda unpacks the zip to.
    private static func bundledPath(_ environment: Environment) -> String {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/self/exe", &buffer, buffer.count)
        let executable = String(decoding: buffer.prefix(max(count, 0)).map(UInt8.init(bitPattern:)), as: UTF8.self)
        guard let slash = executable.lastIndex(of: "/") else {
            return "\(environment["LAMBDA_TASK_ROOT"] ?? ".")/templates"
        }
        return "\(executable[..<slash])/templates"
    }
}
