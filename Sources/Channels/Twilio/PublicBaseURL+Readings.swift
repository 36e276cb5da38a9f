import Encoding
import HTTPEvents

/// The URLs that an event may stand for at Twilio.
extension PublicBaseURL {
    /// The most readings of one request, of which each costs an HMAC.
    static let mostReadings = 256
    /// The most bytes that all readings of one request hash: 64 KiB of form are read 64 times.
    private static let mostBytes = 4 << 20

    /// A reading of a request: a URL that Twilio may have signed.
    struct Reading: Equatable {
        let url: String
        /// The path after the base URL, which begins with a slash.
        let path: String
    }

    /// Returns the first reading of an event that `isSigned` accepts, the likeliest first: its paths under each base, with
    /// the query as received, and then with the query as other clients write it.
    ///
    /// - Parameter formBytes: The number of bytes that are signed after each of the URLs.
    func reading(of event: HTTPEvent, formBytes: Int, isSigned: (String) -> Bool) -> Reading? {
        let paths = ownPaths(in: event)
        var rest = min(Self.mostReadings, max(16, Self.mostBytes / (formBytes + event.rawQuery.utf8.count + 1)))
        func reading(_ query: String) -> Reading? {
            for path in paths {
                for base in bases where rest > 0 {
                    rest -= 1
                    let url = "\(base)\(path)\(query.isEmpty ? "" : "?")\(query)"
                    if isSigned(url) { return Reading(url: url, path: path) }
                }
            }
            return nil
        }
        // These forms hold the parameters as an object, which has no order.
        let hasOrder = event.form == .v2 || event.form == .functionURL
        let queries = hasOrder ? [event.rawQuery] : QuerySpellings.orders(of: event.rawQuery)
        for query in queries {
            if let reading = reading(query) { return reading }
        }
        for query in queries {
            for spelling in QuerySpellings(query).all where rest > 0 && spelling != query {
                if let reading = reading(spelling) { return reading }
            }
        }
        return nil
    }

    /// The base URL as given, with the scheme's default port, and without a port.
    ///
    /// Twilio is not consistent about ports. "Security" in Twilio's documentation.
    private var bases: [String] {
        let host = authority.prefix(authority.count - (port.map { "\($0)".count + 1 } ?? 0))
        let standard = scheme == "https" ? 443 : 80
        var bases = [text, "\(scheme)://\(host)\(path)"]
        if port == nil { bases.append("\(scheme)://\(host):\(standard)\(path)") }
        return bases.indices.filter { !bases[..<$0].contains(bases[$0]) }.map { bases[$0] }
    }

    /// Returns the paths of the function's own that an event may stand for, at most 16.
    ///
    /// The event may show the stage, the base's own path, both, parts of them or neither, and the path decoded. So at the
    /// front every segment may go that is the stage or stands in the base's path.
    func ownPaths(in event: HTTPEvent) -> [String] {
        var removable = path.split(separator: "/").map { PercentEncoding.decode($0) }
        if let stage = event.stage { removable.append(stage) }
        var paths: [String] = []
        // The raw path is the path with something before it.
        let isWhole = event.rawPath.hasSuffix(event.path)
        for shown in isWhole ? [event.path, event.rawPath] : [event.path] {
            var rest = shown[...]
            var readings = [String(rest)]
            while rest.utf8.first == UInt8(ascii: "/") {
                let segment = rest.dropFirst().prefix { $0 != "/" }
                guard removable.contains(PercentEncoding.decode(segment)) else { break }
                rest = rest.dropFirst(segment.count + 1)
                readings.append(rest.isEmpty ? "/" : String(rest))
            }
            // Without the base's path first: that is how most of the APIs show it.
            paths += readings.reversed()
        }
        paths += paths.map { PercentEncoding.encodeOnce($0, keepingSlashes: true) }
        return Array(paths.indices.filter { !paths[..<$0].contains(paths[$0]) }.map { paths[$0] }.prefix(16))
    }

    /// Returns a signed path without the stage at its beginning; nil where there is none.
    func withoutStage(_ path: String, of event: HTTPEvent) -> String? {
        guard let stage = event.stage, path.hasPrefix("/\(stage)/") else { return nil }
        return String(path.dropFirst(stage.count + 1))
    }
}
