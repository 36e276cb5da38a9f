import Encoding

extension HTTPEvent {
    /// The query's parameters in their order, decoded: `+` is a space, and a `%` that escapes nothing is itself.
    package var query: [(name: String, value: String)] {
        rawParameters.map {
            (PercentEncoding.decode($0.name, plusIsSpace: true), PercentEncoding.decode($0.value, plusIsSpace: true))
        }
    }

    /// The parameter's first value, decoded; nil when it is not in the query.
    package func query(_ name: String) -> String? {
        rawQuery(name).map { PercentEncoding.decode($0, plusIsSpace: true) }
    }

    /// The parameter's first value as sent, percent-encoded; nil when it is not in the query.
    package func rawQuery(_ name: String) -> String? {
        rawParameters.first { PercentEncoding.decode($0.name, plusIsSpace: true) == name }.map { String($0.value) }
    }

    /// The parameters of a body of `application/x-www-form-urlencoded`, decoded, in their order, each as often as sent.
    ///
    /// A parameter without `=` has an empty value. A body without a Content-Type is taken for a form; one of any other
    /// type has no parameters: nil.
    package var formParameters: [(name: String, value: String)]? {
        let type = headers["Content-Type"] ?? ""
        let name = type.prefix { $0 != ";" }.filter { $0 != " " && $0 != "\t" }
        guard name.isEmpty || name.isSameHeaderName(as: "application/x-www-form-urlencoded") else { return nil }
        return body.split(separator: UInt8(ascii: "&")).map { pair in
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            func text(_ index: Int) -> String {
                index < parts.count
                    ? PercentEncoding.decode(String(decoding: parts[index], as: UTF8.self), plusIsSpace: true) : ""
            }
            return (text(0), text(1))
        }
    }

    private var rawParameters: [(name: Substring, value: Substring)] {
        rawQuery.split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (parts[0], parts.count > 1 ? parts[1] : "")
        }
    }
}
