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

    /// True where people link an account to the skill, whose access token its requests then have.
    var linksAccounts: Bool { Files.names(in: folder).contains("account-linking.json") }

    /// The locale as it is spelled, or a refusal with the nearest or those that have a model.
    func locale(named name: String) throws -> String {
        guard let locale = Names.match(name, in: locales) else {
            throw Names.refusal("locale", name, in: locales, of: " of the skill \(folder.lastPathComponent)")
        }
        return locale
    }

    /// The model of a locale.
    func model(_ locale: String) throws -> InteractionModel {
        try InteractionModel.read(models.appending(path: "\(self.locale(named: locale)).json"))
    }

    /// The function of a skill: by its own name, or by the name of the skill's folder.
    static func function(named name: String, in project: Project) throws -> Function {
        if let match = Names.match("Alexa\(name)", in: project.functions.map(\.name)) {
            return try project.function(named: match)
        }
        return try project.function(named: name)
    }
}
