import ArgumentParser
import Foundation

/// Names of the project for shells that complete them; none outside a project.
enum Completions {
    static let functions = kind { project, _ in project.functions.map(\.name) }

    static let skills = kind { project, _ in
        project.functions.map(\.name).filter { (try? SkillPackage(of: $0, in: project)) != nil }
    }

    static let flows = kind { project, _ in project.flowNames }

    /// The locales of the skill that was typed before; of all skills where there is none yet.
    static let locales = kind { project, words in
        let functions = named(in: words, project).map { [$0] } ?? project.functions
        return Set(functions.flatMap { (try? SkillPackage(of: $0.name, in: project))?.locales ?? [] }).sorted()
    }

    /// The events of the function that was typed before.
    static let events = kind { project, words in named(in: words, project)?.eventNames ?? [] }

    private static func kind(_ names: @escaping @Sendable (Project, [String]) -> [String]) -> CompletionKind {
        .custom { words, _, prefix in
            guard let project = try? Project.locate() else { return [] }
            if prefix.contains("/") { return files(prefix) }
            return names(project, words).filter { $0.lowercased().hasPrefix(prefix.lowercased()) }
        }
    }

    /// The function among the words of the line.
    private static func named(in words: [String], _ project: Project) -> Function? {
        words.dropFirst(2).lazy.compactMap { word in
            (try? SkillPackage.function(named: word, in: project)) ?? (try? project.function(named: word))
        }.first
    }

    /// The files and folders that a path may go on with.
    private static func files(_ prefix: String) -> [String] {
        let folder = prefix[...(prefix.lastIndex(of: "/") ?? prefix.startIndex)]
        return Files.names(in: URL(filePath: String(folder))).map { "\(folder)\($0)" }.filter { $0.hasPrefix(prefix) }
    }
}
