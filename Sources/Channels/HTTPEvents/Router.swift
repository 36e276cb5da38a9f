import Encoding

/// A table of routes: finds the result for a method and a path.
///
/// A pattern is segments after slashes, each a literal or `{name}`, which matches any one non-empty segment. Literals
/// are preferred to parameters, whatever the order of the routes; one trailing slash of a path does not count.
package struct Router<Result: Sendable>: Sendable {
    /// The outcome of routing a request.
    package enum Outcome {
        /// The route's result and its parameters, percent-decoded.
        case found(Result, parameters: [String: String])
        /// No route has the path: 404.
        case notFound
        /// Other methods are routed at the path: 405, with this value of Allow.
        case methodNotAllowed(allow: String)
        /// The event's body cannot be read: 400.
        case malformedBody
    }

    private struct Route: Sendable {
        let method: String
        let segments: [Segment]
        let ignoresCase: Bool
        let result: Result
    }

    private enum Segment: Sendable {
        case literal(String)
        case parameter(String)
    }

    private var routes: [Route] = []

    package init() {}

    /// Adds a route; one for GET takes HEAD too. With `ignoresCase` its literals match ASCII letters of either case.
    package mutating func on(_ method: String, _ pattern: String, ignoresCase: Bool = false, _ result: Result) {
        let segments = Self.segments(of: pattern).map { segment in
            segment.hasPrefix("{") && segment.hasSuffix("}")
                ? Segment.parameter(String(segment.dropFirst().dropLast())) : .literal(String(segment))
        }
        routes.append(Route(method: method, segments: segments, ignoresCase: ignoresCase, result: result))
    }

    /// Returns the outcome for the event's method and its path without the stage.
    package func route(_ event: HTTPEvent) -> Outcome {
        let segments = Self.segments(of: event.path).map { PercentEncoding.decode($0) }
        let matches = routes.compactMap { route in
            Self.parameters(of: segments, in: route).map { (route: route, parameters: $0) }
        }
        guard !matches.isEmpty else { return .notFound }
        let method = event.method == "HEAD" && !matches.contains { $0.route.method == "HEAD" } ? "GET" : event.method
        let candidates = matches.filter { $0.route.method == method }
        guard let best = candidates.min(by: { Self.isMoreLiteral($0.route, $1.route) }) else {
            return .methodNotAllowed(allow: Self.allowed(matches.map(\.route.method)))
        }
        return event.isBodyMalformed ? .malformedBody : .found(best.route.result, parameters: best.parameters)
    }

    private static func parameters(of segments: [String], in route: Route) -> [String: String]? {
        guard segments.count == route.segments.count else { return nil }
        var parameters: [String: String] = [:]
        for (segment, expected) in zip(segments, route.segments) {
            switch expected {
            case .literal(let literal):
                guard segment == literal || (route.ignoresCase && segment.isSameHeaderName(as: literal)) else {
                    return nil
                }
            case .parameter(let name):
                guard !segment.isEmpty else { return nil }
                parameters[name] = segment
            }
        }
        return parameters
    }

    private static func isMoreLiteral(_ left: Route, _ right: Route) -> Bool {
        for (one, other) in zip(left.segments, right.segments) {
            switch (one, other) {
            case (.literal, .parameter): return true
            case (.parameter, .literal): return false
            default: continue
            }
        }
        return false
    }

    private static func allowed(_ methods: [String]) -> String {
        var allowed = Set(methods)
        if allowed.contains("GET") { allowed.insert("HEAD") }
        return allowed.sorted().joined(separator: ", ")
    }

    private static func segments(of path: String) -> [Substring] {
        var segments = path.parts(at: "/", omittingEmptyParts: false).dropFirst()
        if segments.last?.isEmpty == true { segments.removeLast() }
        return Array(segments)
    }
}
