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

    private var rawParameters: [(name: Substring, value: Substring)] {
        rawQuery.parts(at: "&").map { pair in
            let parts = pair.parts(at: "=", maxSplits: 1, omittingEmptyParts: false)
            return (parts[0], parts.count > 1 ? parts[1] : "")
        }
    }
}
