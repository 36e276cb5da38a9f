import JSON
import Foundation
import Testing

@testable import Alexa

/// The packages under integrations/alexa, against Amazon's models and documentation.
@Suite struct SkillPackageTests {
    static let skills = (try? FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()) ?? []
    private static let folder = Oracle.root.appending(path: "integrations/alexa")
    private static let locales = ["de-DE", "en-GB", "en-US", "es-ES"]

    static func json(_ path: String) throws -> JSONValue {
        try JSONValue(parsing: Array(Data(contentsOf: folder.appending(path: path))))
    }

    static func models(_ skill: String) throws -> [(locale: String, model: JSONValue)] {
        let path = "\(skill)/skill-package/interactionModels/custom"
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: path).path).sorted()
        return try files.map { (String($0.dropLast(5)), try json("\(path)/\($0)")) }
    }

    static func intents(_ model: JSONValue) -> [(name: String, samples: [String])] {
        (model["interactionModel"]?["languageModel"]?["intents"]?.array ?? []).map { intent in
            (intent["name"]?.string ?? "", (intent["samples"]?.array ?? []).compactMap(\.string))
        }
    }

    @Test(arguments: skills)
    func `Amazon's models take the manifest, the account linking and every interaction model`(_ skill: String) throws {
        var cases: [(kind: Oracle.Kind, value: JSONValue)] = [
            (.manifest, try Self.json("\(skill)/skill-package/skill.json"))
        ]
        if let linking = try? Self.json("\(skill)/account-linking.json") { cases.append((.linking, linking)) }
        cases += try Self.models(skill).map { (.model, $0.model) }
        #expect(cases.count >= 5)
        for (fault, kind) in zip(try Oracle.faults(cases), cases.map(\.kind)) { #expect(fault == "", "\(kind)") }
    }

    @Test(arguments: skills)
    func `the manifest and the models have the same four locales, and examples begin with the invocation name`(
        _ skill: String
    ) throws {
        let manifest = try #require(Self.json("\(skill)/skill-package/skill.json")["manifest"])
        let locales = try #require(manifest["publishingInformation"]?["locales"]?.object)
        let models = try Self.models(skill)
        #expect(models.map(\.locale) == Self.locales && locales.keys.sorted() == Self.locales)
        #expect(manifest["privacyAndCompliance"]?["locales"]?.object?.keys.sorted() == Self.locales)
        #expect(manifest["apis"]?["custom"]?["endpoint"]?["uri"]?.string?.isEmpty == false)
        for (locale, model) in models {
            let name = try #require(model["interactionModel"]?["languageModel"]?["invocationName"]?.string)
            let phrases = (locales[locale]?["examplePhrases"]?.array ?? []).compactMap(\.string)
            #expect((1...3).contains(phrases.count))
            let samples = Self.intents(model).filter { !$0.name.hasPrefix("AMAZON.") }.flatMap(\.samples)
            for phrase in phrases {
                #expect(phrase.hasPrefix("Alexa, ") && phrase.contains(" \(name) "), "\(locale) \(phrase)")
                #expect(samples.contains { phrase.hasSuffix(" \($0)") }, "\(locale) \(phrase)")
            }
            // A one-word name is accepted only for one's own brand, the name the skill is published under.
            let published = locales[locale]?["name"]?.string?.lowercased()
            #expect(name == name.lowercased() && (name.split(separator: " ").count >= 2 || name == published))
        }
        let resources = try Self.json("\(skill)/ask-resources.json")
        #expect(resources["profiles"]?["default"]?["skillMetadata"]?["src"] == "./skill-package")
    }

    @Test func `both skills are looked at`() {
        #expect(Self.skills == ["crm", "jokebox"])
    }

    @Test func `the jokebox plays audio, and lists every intent that people say to a player`() throws {
        let manifest = try #require(Self.json("jokebox/skill-package/skill.json")["manifest"])
        #expect(manifest["apis"]?["custom"]?["interfaces"] == [["type": "AUDIO_PLAYER"]])
        let audio = ["Pause", "Resume", "Next", "Previous", "Repeat", "StartOver"]
        let modes = ["LoopOn", "LoopOff", "ShuffleOn", "ShuffleOff"]
        for (locale, model) in try Self.models("jokebox") {
            let intents = model["interactionModel"]?["languageModel"]?["intents"]?.array ?? []
            for needed in audio + modes {
                #expect(
                    intents.contains { $0["name"]?.string == "AMAZON.\(needed)Intent" }, "\(locale) lacks \(needed)")
            }
            let joke = intents.first { $0["name"] == "TellMeAJokeIntent" }
            #expect(joke?["samples"]?.array?.isEmpty == false, "\(locale)")
        }
        let samples = try Self.models("jokebox").map(\.model.text)
        #expect(Set(samples).count == 3, "English is one text, German and Spanish are translated")
    }

    @Test(arguments: skills)
    func `prompts, slot types, dialog slots and placeholders refer to what there is`(_ skill: String) throws {
        for (locale, file) in try Self.models(skill) {
            let model = try #require(file["interactionModel"])
            let intents = model["languageModel"]?["intents"]?.array ?? []
            let types = Set((model["languageModel"]?["types"]?.array ?? []).compactMap { $0["name"]?.string })
            let prompts = Set((model["prompts"]?.array ?? []).compactMap { $0["id"]?.string })
            let names = Set(intents.compactMap { $0["name"]?.string })
            for needed in ["Help", "Cancel", "Stop", "Fallback", "NavigateHome"] {
                #expect(names.contains("AMAZON.\(needed)Intent"), "\(locale) lacks \(needed)")
            }
            var slots: [String: [String: String]] = [:]
            var samples: Set<String> = []
            for intent in intents {
                let own = (intent["slots"]?.array ?? []).reduce(into: [:]) {
                    $0[$1["name"]?.string ?? ""] = $1["type"]?.string ?? ""
                }
                slots[intent["name"]?.string ?? ""] = own
                for type in own.values {
                    #expect(type.hasPrefix("AMAZON.") || types.contains(type), "\(locale) \(type)")
                }
                let own2 = (intent["samples"]?.array ?? []).compactMap(\.string)
                for sample in own2 { #expect(samples.insert(sample).inserted, "\(locale) has “\(sample)” twice") }
                let slotSamples = (intent["slots"]?.array ?? []).flatMap {
                    ($0["samples"]?.array ?? []).compactMap(\.string)
                }
                for placeholder in (own2 + slotSamples).flatMap(Self.placeholders) {
                    #expect(own[placeholder] != nil, "\(locale) has no slot \(placeholder)")
                }
            }
            var used: Set<String> = []
            for intent in model["dialog"]?["intents"]?.array ?? [] {
                let own = try #require(slots[intent["name"]?.string ?? ""])
                used.formUnion((intent["prompts"]?.object ?? [:]).values.compactMap(\.string))
                for slot in intent["slots"]?.array ?? [] {
                    #expect(own[slot["name"]?.string ?? ""] == slot["type"]?.string, "\(locale)")
                    used.formUnion((slot["prompts"]?.object ?? [:]).values.compactMap(\.string))
                    if slot["elicitationRequired"]?.bool == true { #expect(slot["prompts"]?["elicitation"] != nil) }
                }
                for variation in (model["prompts"]?.array ?? []).flatMap({ $0["variations"]?.array ?? [] }) {
                    for name in Self.placeholders(variation["value"]?.string ?? "") { #expect(own[name] != nil) }
                }
            }
            #expect(used == prompts, "\(locale)")
        }
    }

    private static func placeholders(_ text: String) -> [String] {
        text.split(separator: "{").dropFirst(text.hasPrefix("{") ? 0 : 1).compactMap { part in
            part.firstIndex(of: "}").map { String(part[..<$0]) }
        }
    }
}
