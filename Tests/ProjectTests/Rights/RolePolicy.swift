import JSON
import TestSupport

/// The rights of a role of the transformed template, evaluated like IAM: a denial wins, else a statement must allow.
///
/// "Policy evaluation logic" in the IAM User Guide; of the conditions, only the template's `StringLike`.
struct RolePolicy {
    /// One allowed action on one resource.
    struct Grant: Hashable, CustomStringConvertible {
        let action: String
        let resource: String
        var conditions: [String: [String]]

        var description: String { "\(action) on \(resource)" }

        func covers(_ request: SentRequest) -> Bool {
            action == request.action && RolePolicy.fits(request.resource, resource)
                && conditions.allSatisfy { key, patterns in
                    patterns.contains { RolePolicy.fits(request.context[key] ?? "", $0) }
                }
        }
    }

    let allowed: [Grant]
    private let denied: [Grant]

    init(_ statements: [JSONValue]) {
        func grants(_ effect: String) -> [Grant] {
            statements.filter { $0["Effect"]?.string == effect }.flatMap { statement in
                let conditions = (statement["Condition"]?["StringLike"]?.object ?? [:]).mapValues(Self.texts)
                return Self.texts(statement["Action"]).flatMap { action in
                    Self.texts(statement["Resource"]).map {
                        Grant(action: action, resource: $0, conditions: conditions)
                    }
                }
            }
        }
        (allowed, denied) = (grants("Allow"), grants("Deny"))
    }

    func allows(_ request: SentRequest) -> Bool {
        allowed.contains { $0.covers(request) } && !denied.contains { $0.covers(request) }
    }

    /// Returns one string or several as a list; a resource of the stack becomes its logical id.
    private static func texts(_ json: JSONValue?) -> [String] {
        (json?.array ?? json.map { [$0] } ?? []).compactMap {
            $0.string ?? $0["Fn::GetAtt"]?.array?.first?.string ?? $0["Ref"]?.string
        }
    }

    /// Returns true when a string matches a pattern in which `*` is any text.
    private static func fits(_ text: String, _ pattern: String) -> Bool {
        let parts = pattern.split(separator: "*", omittingEmptySubsequences: false).map(String.init)
        guard parts.count > 1, let first = parts.first, let last = parts.last else { return text == pattern }
        guard text.hasPrefix(first), text.hasSuffix(last), text.count >= first.count + last.count else { return false }
        var rest = text.dropFirst(first.count).dropLast(last.count)
        for part in parts.dropFirst().dropLast() where !part.isEmpty {
            guard let found = rest.firstRange(of: part) else { return false }
            rest = rest[found.upperBound...]
        }
        return true
    }
}
