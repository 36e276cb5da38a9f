import Foundation
import Yams

/// template.yaml, as far as the doctor reads it.
struct Template {
    /// The zips or folders that functions are made of, by the resource's name.
    let code: [(resource: String, path: String)]
    /// The parameter Architecture's default; nil without one.
    let architecture: String?

    init(_ project: Project) throws {
        let bytes = try Files.read(project.root.appending(path: "template.yaml"), "template")
        let document: Node?
        do {
            document = try Yams.compose(yaml: String(decoding: bytes, as: UTF8.self))
        } catch {
            throw Refusal("template.yaml is no YAML: \(error)")
        }
        guard let resources = document?["Resources"]?.mapping else {
            throw Refusal("template.yaml has no Resources.")
        }
        code = resources.compactMap { name, resource in
            guard let path = resource["Properties"]?["CodeUri"]?.string else { return nil }
            return (name.string ?? "", path)
        }
        architecture = document?["Parameters"]?["Architecture"]?["Default"]?.string
    }
}
