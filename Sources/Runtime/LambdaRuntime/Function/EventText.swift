package import JSON
import Settings

/// Reading of events' JSON; a fault is a `Function.InvalidRequest` that names the place in the event.
package enum EventText {
    /// Throws for bytes that are not JSON (RFC 8259).
    package static func check(_ bytes: [UInt8]) throws {
        try reading { try JSONText.check(bytes) }
    }

    /// Returns the event of bytes that hold JSON in its shape.
    package static func read<Event: JSONReadable>(_ type: Event.Type, from bytes: [UInt8]) throws -> Event {
        try reading { try Event(parsing: bytes) }
    }

    /// Returns the value of any JSON text.
    package static func value(of bytes: [UInt8]) throws -> JSONValue {
        try reading { try JSONValue(parsing: bytes) }
    }

    static func reading<Value>(_ read: () throws -> Value) throws -> Value {
        do {
            return try read()
        } catch let error as JSONError {
            throw FunctionError(.invalidRequest, error.description(of: "The event"))
        }
    }
}

extension LambdaFunction where Event: JSONReadable {
    package static func event(from bytes: UnsafeMutableRawBufferPointer) throws -> Event {
        try EventText.reading { try Event(JSONValue(parsing: bytes)) }
    }
}

extension RawLambdaFunction where Event: JSONReadable {
    package static func event(from bytes: UnsafeMutableRawBufferPointer) throws -> Event {
        try EventText.reading { try Event(JSONValue(parsing: bytes)) }
    }
}
