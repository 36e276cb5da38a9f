import JSON

/// A slot's value where several may be said.
package indirect enum SlotValue: Sendable, Equatable {
    case simple(value: String?, resolutions: [Resolution])
    case list([SlotValue])

    init?(_ json: JSONValue, depth: Int) {
        if let values = json["values"]?.array {
            // Alexa nests one level.
            self = .list(depth < 8 ? values.compactMap { SlotValue($0, depth: depth + 1) } : [])
        } else if json.object != nil {
            self = .simple(value: json["value"]?.string, resolutions: Resolution.list(json))
        } else {
            return nil
        }
    }

    /// Every simple value, in order.
    package var values: [(value: String?, resolutions: [Resolution])] {
        switch self {
        case .simple(let value, let resolutions): [(value, resolutions)]
        case .list(let values): values.flatMap(\.values)
        }
    }
}
