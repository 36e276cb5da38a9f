import Foundation

/// An Alexa skill's folder under integrations/alexa.
struct SkillPackage {
    let folder: URL

    /// The skill of a function: the folder of its name, with or without `Alexa` before it.
    init(of function: String, in project: Project) throws {
        let all = project.root.appending(path: "integrations/alexa")
        let name = function.lowercased()
        let short = name.hasPrefix("alexa") ? String(name.dropFirst(5)) : name
        let folders = Files.folders(in: all).filter { Files.isFolder(all.appending(path: "\($0)/skill-package")) }
        guard let found = folders.first(where: { [name, short].contains($0.lowercased()) }) else {
            let known = folders.isEmpty ? "none" : folders.joined(separator: ", ")
            throw Refusal("There is no skill of \(function) under integrations/alexa. The skills are: \(known).")
        }
        folder = all.appending(path: found)
    }

    private var models: URL { folder.appending(path: "skill-package/interactionModels/custom") }

    /// The locales that the skill has a model for.
    var locales: [String] {
        Files.names(in: models).filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }
    }

    /// The model of a locale, or a refusal that names those there are.
    func model(_ locale: String) throws -> InteractionModel {
        guard locales.contains(locale) else {
            let known = locales.isEmpty ? "none" : locales.joined(separator: ", ")
            throw Refusal("The skill in \(folder.lastPathComponent) has no model for \(locale). It has: \(known).")
        }
        return try InteractionModel.read(models.appending(path: "\(locale).json"))
    }
}
