import JSON
import LambdaRuntime

/// An entry of Functions in stacks/<group>.yaml, together with what its Uses add.
struct StackFunction {
    /// A route of the HTTP API.
    struct Route {
        /// The logical id of its resource.
        let id: String
        /// The method and the path, such as `POST /alexa/crm`.
        let key: String
        /// The parameter that switches it on; nil for a route that comes with its function.
        let switched: String?
        /// The condition under which it is deployed: its own where it has a switch, else its function's.
        let condition: String
    }

    private static let scalars: Set = [
        "Description", "Condition", "Timeout", "DurationAlarm", "Connect", "Alexa", "Output",
    ]
    /// The keys that a set of Uses may have; what several give is joined.
    private static let joined: Set = ["LocalVariables", "Variables", "Secrets", "Rights", "Properties", "Resources"]
    private static let keys = scalars.union(joined).union(["Schedule", "Schedules", "Routes", "Uses"])

    let name: String
    /// The condition under which it is deployed.
    let condition: String
    /// The condition under which Amazon Connect may invoke it; nil for never.
    let connect: String?
    /// The parameter with the id of the Alexa skill that may invoke it; nil for none.
    let alexa: String?
    let routes: [Route]
    /// The names of its sets of Uses.
    let uses: [String]
    private let fields: [String: JSONValue]
    private let resources: [String]

    /// Parses an entry; `uses` are the sets that it may name.
    init(_ item: StackItem, uses: [String: StackItem]) throws {
        let own = try Self.members(of: item, known: Self.keys)
        self.uses = try own["Uses"]?.list() ?? []
        let used = try self.uses.map { name in
            guard let use = uses[name] else {
                throw Refusal(
                    "\(item.place): \(item.name) uses \(name); there are \(uses.keys.sorted().joined(separator: ", "))."
                )
            }
            return try Self.members(of: use, known: Self.joined.union(["Condition"]))
        }
        name = item.name
        var fields: [String: JSONValue] = ["Name": .string(name)]
        for key in Self.scalars {
            if let member = own[key] { fields[key] = .string(try member.scalar()) }
        }
        guard let condition = fields["Condition"]?.string, fields["Description"] != nil,
            let timeout = fields["Timeout"]?.string.flatMap(Int.init)
        else {
            throw Refusal(
                "\(item.place): \(name) needs a Condition, a Description and a Timeout in whole seconds.")
        }
        self.condition = condition
        connect = fields["Connect"]?.string
        alexa = fields["Alexa"]?.string
        // The alarm comes at nine tenths, unless the entry says otherwise.
        fields["DurationAlarm"] = fields["DurationAlarm"] ?? .string(String(timeout * 900))
        for key in ["Variables", "Secrets", "Rights", "Properties"] {
            fields[key] = Self.lines(try (used + [own]).compactMap { $0[key] }.flatMap(Self.block))
        }
        let local = try (used + [own]).compactMap { $0["LocalVariables"] }.flatMap { try $0.list() }
        fields["LocalVariables"] = Self.lines(local.map { "- \($0)" })
        fields["Schedule"] = try Self.schedules(own, of: item)
        routes = try (own["Routes"]?.items() ?? []).map { try Self.route($0, of: item.name, condition) }
        self.fields = fields
        resources = (used + [own]).compactMap { $0["Resources"] }.map {
            (["Resources:"] + $0.body.map(\.text)).joined(separator: "\n") + "\n"
        }
    }

    /// Returns the pieces of the template: the pattern's, and those that its Uses bring.
    /// - Parameter earlier: The functions before it, whose routes are made before its own.
    func pieces(_ pattern: StackPattern, after earlier: [StackFunction]) throws -> [StackFile] {
        let path = "stacks/patterns/function.mustache, filled in for \(name)"
        var fields = fields
        if !routes.isEmpty { fields["Routes"] = routing(after: earlier.flatMap(\.routes)) }
        let own = try StackFile(pattern.filled(fields), path: path)
        return [own]
            + (try resources.map { try StackFile(StackPattern($0, path: path).filled(fields), path: path) })
    }

    static func members(of item: StackItem, known: Set<String>) throws -> [String: StackItem] {
        let members = try item.items()
        if let stray = members.first(where: { !known.contains($0.name) }) {
            throw Refusal(
                "\(stray.place): \(item.name) has \(stray.name); it may have \(known.sorted().joined(separator: ", "))."
            )
        }
        return Dictionary(members.map { ($0.name, $0) }) { $1 }
    }

    /// Returns the lines under a key, which must have no value of its own.
    private static func block(_ item: StackItem) throws -> [String] {
        guard item.value.isEmpty, !item.body.isEmpty else {
            throw Refusal("\(item.place): \(item.name) must have its parts on lines of their own.")
        }
        return item.content.map(\.text)
    }

    private static func lines(_ lines: [String]) -> JSONValue {
        lines.isEmpty ? .null : ["lines": .array(lines.map { ["line": .string($0)] })]
    }
}
