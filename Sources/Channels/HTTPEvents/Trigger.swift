/// The event of a function that is called over HTTP and by a trigger of its own, told apart by the event's shape.
package enum Trigger<Direct: Decodable & Sendable>: Decodable, Sendable {
    case http(HTTPEvent)
    case direct(Direct)

    package init(from decoder: any Decoder) throws {
        self = try HTTPEvent.isHTTP(decoder) ? .http(HTTPEvent(from: decoder)) : .direct(Direct(from: decoder))
    }
}

/// The answer to a `Trigger`, in the way it came.
package enum TriggerAnswer<Direct: Encodable & Sendable>: Encodable, Sendable {
    case http(HTTPAnswer.Encoded)
    case direct(Direct)

    package func encode(to encoder: any Encoder) throws {
        switch self {
        case .http(let answer): try answer.encode(to: encoder)
        case .direct(let answer): try answer.encode(to: encoder)
        }
    }
}
