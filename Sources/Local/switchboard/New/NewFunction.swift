import Foundation
import JSON

/// A function to be written: its name, who calls it, and what it calls.
struct NewFunction: Equatable {
    enum Channel: String, CaseIterable {
        case plain, connect, http, alexa, schedule
    }

    /// The deepest that a name may be: Lambda takes 64 characters, the stack's name among them.
    private static let longestName = 40
    /// Modules of the toolchain, and of packages under names that Package.swift does not say.
    private static let modules = [
        "Swift", "Foundation", "FoundationEssentials", "Testing", "Glibc", "Synchronization", "XCTest", "Dispatch",
        "Subprocess", "ArgumentParser", "Logging",
    ]
    /// Names that Swift, or what a function's source uses, has already: a type of that name would hide them.
    private static let words = [
        "Any", "Array", "Bool", "Character", "Data", "Date", "Decodable", "Decoder", "Dictionary", "Double", "Duration",
        "Encodable", "Encoder", "Environment", "Error", "Event", "Float", "Int", "Never", "Optional", "Output",
        "Process",
        "Protocol", "Range", "Response", "Result", "Self", "Sendable", "Set", "String", "Suite", "Task", "Test",
        "Tests",
        "Type", "Void",
    ]
    /// The folders of Sources, whose names a reader takes for a layer.
    private static let layers = [
        "Base", "Channels", "Domain", "Functions", "Local", "Net", "Runtime", "Services", "System",
    ]

    let name: String
    var channel = Channel.plain
    var hasSalesforce = false
    var hasTable = false

    /// Refuses a name that no function can have beside what `project` has.
    func check(in project: Project) throws {
        guard name.wholeMatch(of: #/[A-Z][A-Za-z]*[a-z][A-Za-z]*/#) != nil, name.count <= Self.longestName else {
            throw Refusal(
                "\(name) is no name for a function: give up to \(Self.longestName) letters in UpperCamelCase, such as "
                    + "LookupCustomer.")
        }
        let package = String(
            decoding: try Files.read(project.root.appending(path: "Package.swift"), "package"), as: UTF8.self)
        let functions = project.functions.map(\.name)
        let taken = package.matches(of: #/"(\w+)"/#).map { String($0.1) } + Self.modules
        let types = Self.types(in: project.root.appending(path: "Sources"))
        let reserved = [
            (functions, "a function"), (taken, "a module"), (types, "a type of the package"),
            (Self.words, "a type of Swift's"),
            (Self.layers, "a layer"),
        ]
        for (names, what) in reserved {
            let own = names + (what == "a module" ? names.map { "\($0)Tests" } : [])
            if let other = own.first(where: {
                [name.lowercased(), "\(name)tests".lowercased()].contains($0.lowercased())
            }) {
                throw Refusal("There is \(what) \(other) already: choose another name.")
            }
        }
    }

    /// The names of the Swift files under a folder, which are those of the types in them.
    private static func types(in folder: URL) -> [String] {
        Files.names(in: folder).flatMap { name -> [String] in
            let url = folder.appending(path: name)
            if Files.isFolder(url) { return types(in: url) }
            return name.hasSuffix(".swift") ? [String(name.dropLast(6))] : []
        }
    }

    // MARK: - Names made of it

    /// `lookup-customer`.
    var path: String { words.joined(separator: "-") }
    /// `LOOKUP_CUSTOMER_TABLE`.
    var tableVariable: String { (words.map { $0.uppercased() } + ["TABLE"]).joined(separator: "_") }
    /// `lookup customer`, of `LookupCustomer` as of `LOOKUPCustomer`.
    private var words: [String] {
        name.replacing(#/([a-z])([A-Z])/#) { "\($0.1) \($0.2)" }
            .replacing(#/([A-Z])([A-Z][a-z])/#) { "\($0.1) \($0.2)" }.lowercased().split(separator: " ").map(
                String.init)
    }

    /// The name of its event, without `.json`.
    var event: String {
        switch channel {
        case .plain: hasSalesforce ? "01-known-number" : "01-world"
        case .connect: hasSalesforce ? "01-known-number" : "01-call"
        case .http: hasSalesforce ? "01-known-number" : "01-get"
        case .alexa: "01-launch"
        case .schedule: "01-scheduled"
        }
    }

    // MARK: - What it responds with

    private var hasBackEnds: Bool { hasSalesforce || hasTable }
    /// Looks a customer up, and does not count them.
    private var looksUp: Bool { hasSalesforce && [.plain, .connect, .http].contains(channel) }

    /// The fields of the response: the name, the Swift expression of its text, and the text that the event leads to.
    private var fields: [(name: String, expression: String, wanted: String)] {
        var fields = [("status", "\"ok\"", "ok")]
        if channel == .plain, !hasSalesforce { fields = [("greeting", "\"Hello, \\(event.name)!\"", "Hello, world!")] }
        if looksUp {
            let number = channel == .plain ? "event.number" : "number"
            fields.append(("firstName", "try await backEnds.firstName(of: \(number), context)", "Maria"))
        } else if hasSalesforce {
            fields.append(("contacts", "String(try await backEnds.contacts(context))", "1"))
        }
        if hasTable {
            let key =
                switch channel {
                case .connect: "event.contact.contactID"
                case .plain: "\"calls\""
                case .http: "\"requests\""
                case .alexa: "\"launches\""
                case .schedule: "\"runs\""
                }
            fields.append(("count", "String(try await backEnds.count(\(key), context))", "1"))
        }
        return fields
    }

    private var output: String {
        let call = "Output(\(fields.map { "\($0.name): \($0.expression)" }.joined(separator: ", ")))"
        // A guard before it, or nothing.
        return channel == .plain || channel == .connect && looksUp ? "return \(call)" : call
    }

    private var json: String {
        let members = fields.map { field in
            field.expression.hasPrefix("\"")
                ? "\"\(field.name)\": \(field.expression)" : "\"\(field.name)\": .string(\(field.expression))"
        }
        return "[\(members.joined(separator: ", "))]"
    }

    private var wanted: String {
        channel == .http
            ? "[\(fields.map { "\"\($0.name)\": \"\($0.wanted)\"" }.joined(separator: ", "))]"
            : "\(name).Output(\(fields.map { "\($0.name): \"\($0.wanted)\"" }.joined(separator: ", ")))"
    }

    private var speech: String {
        "Hello." + (hasSalesforce ? " Contacts: \\(contacts)." : "") + (hasTable ? " Launches: \\(count)." : "")
    }

    /// The speech for one contact and one launch.
    private var said: String {
        speech.replacing("\\(contacts)", with: "1").replacing("\\(count)", with: "1")
    }

    // MARK: - For the templates

    private static let number = "+12065550142"
    private static let skillID = "amzn1.ask.skill.00000000-0000-4000-8000-000000000001"

    /// The fields that the templates know.
    var context: [String: JSONValue] {
        var context: [String: JSONValue] = [
            "Name": .string(name), "path": .string(path), "TABLE": .string(tableVariable),
            "table_name": .string("\(path)-table"), "event": .string(event), "output": .string(output),
            "json": .string(json), "wanted": .string(wanted), "speech": .string(speech), "said": .string(said),
            "number": .string(Self.number), "skillID": .string(Self.skillID),
            "query": .string(looksUp ? "number=%2B\(Self.number.dropFirst())" : ""),
            "merged": .string(channel == .alexa ? ".merging(own) { $1 }" : ""),
            "description": .string(description), "timeout": .number(channel == .schedule ? 60 : 8),
        ]
        for other in Channel.allCases { context[other.rawValue] = .bool(other == channel) }
        let flags = [
            "salesforce": hasSalesforce, "table": hasTable, "both": hasSalesforce && hasTable, "backEnds": hasBackEnds,
            "lookup": looksUp, "contacts": hasSalesforce && !looksUp, "greets": channel == .plain && !hasSalesforce,
            "raw": channel == .alexa, "object": [.plain, .connect, .schedule].contains(channel),
            "decoded": [.plain, .schedule].contains(channel), "variables": hasTable || channel == .alexa,
        ]
        for (name, flag) in flags { context[name] = .bool(flag) }
        return context
    }

    private var description: String {
        switch channel {
        case .plain: "Greets by name."
        case .connect: "Tells a contact flow what it asks for."
        case .http: "Responds to GET /\(path)."
        case .alexa: "An Alexa skill."
        case .schedule: "Runs on a schedule."
        }
    }

    /// The entry of expected.json; the number of contacts is any, since other functions add theirs to the same Salesforce.
    var expectation: JSONValue {
        let wanted = Dictionary(
            uniqueKeysWithValues: fields.map { ($0.name, JSONValue.string($0.name == "contacts" ? "*" : $0.wanted)) })
        switch channel {
        case .alexa:
            let said = hasSalesforce ? "*Hello. Contacts: *" : "<speak>\(said)</speak>"
            let speech: JSONValue = ["type": "SSML", "ssml": .string(said)]
            return [event: ["response": ["outputSpeech": speech, "shouldEndSession": true]]]
        case .http: return [event: ["statusCode": 200, "body": .string(JSONValue.object(wanted).text)]]
        case .plain, .connect, .schedule: return [event: .object(wanted)]
        }
    }

    /// The variables of its events; empty where it needs none.
    var variables: [String: JSONValue] {
        var variables: [String: JSONValue] = [:]
        if channel == .alexa {
            variables["ALEXA_SKILL_ID"] = .string(Self.skillID)
            variables["ASK_VERIFY_REQUESTS"] = "false"
        }
        if hasSalesforce { variables["SALESFORCE_LOGIN_URL"] = .string(LocalVariables.marker) }
        if hasTable { variables[tableVariable] = .string("\(path)-table") }
        return variables
    }

    /// The objects and records that the local Salesforce has for it; nil where it needs none.
    var salesforce: JSONValue? {
        guard hasSalesforce else { return nil }
        return [
            "objects": ["Contact": ["fields": ["Phone": "text"]]],
            "records": ["Contact": [["FirstName": "Maria", "LastName": "Silva", "Phone": .string(Self.number)]]],
        ]
    }
}
