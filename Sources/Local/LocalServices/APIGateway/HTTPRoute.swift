import Foundation

/// One route of an HTTP API, parsed from its key: `POST /voice/{step+}`, `ANY /health` or `$default`.
///
/// AWS's page: "Create routes for HTTP APIs in API Gateway".
struct HTTPRoute: Sendable {
    private enum Segment {
        case text(String)
        case parameter(String)
        /// The rest of the path, of one segment at least.
        case greedy(String)

        /// The rank of the segment: the lower, the more specific.
        var rank: Int {
            switch self {
            case .text: 0
            case .parameter: 1
            case .greedy: 2
            }
        }
    }

    let key: String
    /// Nil for any method.
    private let method: String?
    /// Nil for any path.
    private let segments: [Segment]?

    /// Returns nil when the string is not a route key.
    init?(key: String) {
        self.key = key
        guard key != "$default" else {
            (method, segments) = (nil, nil)
            return
        }
        let parts = key.split(separator: " ")
        guard parts.count == 2, parts[1].hasPrefix("/") else { return nil }
        method = parts[0] == "ANY" ? nil : String(parts[0])
        segments = parts[1].dropFirst().split(separator: "/", omittingEmptySubsequences: false).map { part in
            guard part.hasPrefix("{"), part.hasSuffix("}") else { return .text(String(part)) }
            let name = part.dropFirst().dropLast()
            return name.hasSuffix("+") ? .greedy(String(name.dropLast())) : .parameter(String(name))
        }
    }

    /// Returns the path's parameters, decoded; nil when the route does not match the request.
    func parameters(_ method: String, _ path: String) -> [String: String]? {
        guard self.method == nil || self.method == method else { return nil }
        guard let segments else { return [:] }
        var rest = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)[...]
        var parameters: [String: String] = [:]
        for segment in segments {
            guard let part = rest.popFirst() else { return nil }
            switch segment {
            case .text(let text):
                guard part == text else { return nil }
            case .parameter(let name):
                guard !part.isEmpty else { return nil }
                parameters[name] = Self.decoded(part)
            case .greedy(let name):
                let all = ([part] + rest).joined(separator: "/")
                guard !all.isEmpty else { return nil }
                parameters[name] = Self.decoded(all[...])
                rest = []
            }
        }
        return rest.isEmpty ? parameters : nil
    }

    /// Returns true when a request that matches both goes to this one: exact segments first, then parameters, then
    /// greedy ones, the method before ANY, `$default` last.
    func precedes(_ other: HTTPRoute) -> Bool { order.lexicographicallyPrecedes(other.order) }

    private var order: [Int] { (segments?.map(\.rank) ?? [3]) + [method == nil ? 1 : 0] }

    private static func decoded(_ text: Substring) -> String { text.removingPercentEncoding ?? String(text) }
}
