import Encoding
import JSON

extension HTTPEvent {
    /// Returns the path from the API's route on: without the stage, and without a custom domain's base path.
    ///
    /// No member of an event names the base path. The route's own pattern and its parameters say how the path ends;
    /// where they are missing, or belong to another path, a leading stage is removed.
    static func withoutBase(_ path: String, route: [String]?, stage: String?) -> String {
        let segments = path.parts(at: "/", omittingEmptyParts: false).dropFirst()
        let named = segments.last?.isEmpty == true ? segments.dropLast() : segments
        if let route, !route.isEmpty, named.count >= route.count,
            zip(named.suffix(route.count), route).allSatisfy({ $0 == $1 || PercentEncoding.decode($0) == $1 })
        {
            return "/" + segments.dropFirst(named.count - route.count).joined(separator: "/")
        }
        return withoutStage(path, stage)
    }

    private static func withoutStage(_ path: String, _ stage: String?) -> String {
        guard let stage, !stage.isEmpty, stage != "$default" else { return path }
        if path == "/\(stage)" { return "/" }
        guard path.begins(with: "/\(stage)/") else { return path }
        return String(decoding: path.utf8.dropFirst(stage.utf8.count + 1), as: UTF8.self)
    }
}

extension JSONValue {
    /// Returns the segments that the route's pattern, such as `/{proxy+}` or `GET /items/{id}`, matches in this
    /// request; nil when it has no path, or one of its parameters is missing.
    func route(_ pattern: String?) -> [String]? {
        guard let path = pattern?.split(separator: " ").last, path.utf8.first == UInt8(ascii: "/") else { return nil }
        let parameters = multiValues(.pathParameters) ?? [:]
        var segments: [String] = []
        for part in path.parts(at: "/") {
            guard part.hasPrefix("{"), part.hasSuffix("}") else {
                segments.append(String(part))
                continue
            }
            let name = part.dropFirst().dropLast()
            let isGreedy = name.hasSuffix("+")
            guard let value = parameters[String(isGreedy ? name.dropLast() : name)]?.first else { return nil }
            segments += isGreedy ? value.parts(at: "/").map(String.init) : [value]
        }
        return segments
    }
}
