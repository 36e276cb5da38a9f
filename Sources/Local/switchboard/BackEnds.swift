import Foundation
import LocalServices

/// The local services that functions run against: one AWS for all of them, seeded from their variables.
struct BackEnds: Sendable {
    private let moto: Moto

    /// Runs `body` with started services and ends them afterwards, however `body` ends.
    static func withRunning<Result: Sendable>(
        _ project: Project, _ functions: [(function: Function, variables: [String: String])],
        _ body: (BackEnds) async throws -> Result
    ) async throws -> Result {
        let seeds = try functions.map { try self.seeds(for: $0.variables, secrets: $0.function.secretFile) }
        var all = Moto.Seeds()
        all.senders = Set(seeds.flatMap(\.senders)).sorted()
        all.tables = Set(all.tables + seeds.flatMap(\.tables)).sorted()
        all.secrets = seeds.reduce(into: [:]) { $0.merge($1.secrets) { $1 } }
        return try await Moto.withRunning(virtualEnvironment: project.virtualEnvironment.path, seeds: all) {
            try await body(BackEnds(moto: $0))
        }
    }

    /// The variables of a function: its own, the local table where it names none, and the way to the local AWS.
    func environment(_ variables: [String: String]) -> [String: String] {
        ["IDEMPOTENCY_TABLE": Moto.idempotencyTable]
            .merging(variables.filter { !$0.value.isEmpty }) { $1 }
            .merging(moto.environment) { $1 }
    }

    /// The messages that the local AWS accepted so far.
    func arrivals() async throws -> Arrivals {
        let (emails, texts) = try await moto.messages()
        return Arrivals(emails: emails, texts: texts)
    }

    /// What must be there for a function with these variables: its senders, its tables and its secrets.
    static func seeds(for variables: [String: String], secrets file: URL? = nil) throws -> Moto.Seeds {
        let senders = [variables["EMAIL_FROM"], variables["EMAIL_ALLOWED_SENDERS"]].compactMap { $0 }
            .flatMap { $0.split(separator: ",") }.map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
        let tables = variables.filter { $0.key.hasSuffix("_TABLE") && !$0.value.isEmpty }.map(\.value)
        return Moto.Seeds(senders: senders, tables: tables, secrets: try file.map(secrets) ?? [:])
    }

    private static func secrets(in file: URL) throws -> [String: String] {
        guard case .object(let secrets)? = JSONValue(try Files.read(file, "file of secrets")) else {
            throw Refusal("\(file.path) must be an object of secret names and their values.")
        }
        return secrets.mapValues { $0.string ?? $0.text }
    }
}

/// What the local services accepted in one run, for people to read.
struct Arrivals: Sendable {
    let emails: [Moto.Email]
    let texts: [Moto.TextMessage]

    /// Each message whole.
    var full: String {
        let blocks =
            emails.map { email in
                let body = email.text ?? email.html ?? ""
                return """
                    E-mail \(email.messageID)
                      From:    \(email.from)
                      To:      \(email.to.joined(separator: ", "))
                      Subject: \(email.subject)
                    \(Self.indented(body))
                    """
            }
            + texts.map { "SMS \($0.messageID)\n  To: \($0.to)\n\(Self.indented($0.text))" }
        return blocks.isEmpty
            ? "Nothing arrived at the local AWS." : "Arrived at the local AWS:\n" + blocks.joined(separator: "\n")
    }

    /// How many of each, and a line for each.
    var brief: String {
        let lines =
            emails.map { "  e-mail to \($0.to.joined(separator: ", ")): \($0.subject)" }
            + texts.map { "  SMS to \($0.to): \(Self.firstLine($0.text))" }
        let counts = "\(Self.count(emails.count, "e-mail")) and \(Self.count(texts.count, "text message"))"
        return (["Arrived at the local AWS: \(counts)"] + lines).joined(separator: "\n")
    }

    private static func count(_ number: Int, _ noun: String) -> String {
        "\(number) \(noun)\(number == 1 ? "" : "s")"
    }

    private static func firstLine(_ text: String) -> String {
        let line = text.split(whereSeparator: \.isNewline).first ?? ""
        return line.count > 72 ? "\(line.prefix(71))…" : String(line)
    }

    private static func indented(_ text: String) -> String {
        text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .map { $0.isEmpty ? "" : "  \($0)" }.joined(separator: "\n")
    }
}
