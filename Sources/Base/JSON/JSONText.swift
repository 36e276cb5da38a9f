import CRapidJSON
import FoundationEssentials

/// Whether bytes are JSON (RFC 8259).
///
/// FoundationEssentials' JSONDecoder takes `[1,]`, `01`, `"\x"` and invalid UTF-8 in strings that nobody reads, so the
/// check is RapidJSON's: `System/CRapidJSON`.
package enum JSONText {
    /// Throws a `Function.InvalidRequest` that says where the fault is; never what stands there.
    package static func check(_ bytes: [UInt8]) throws(FunctionError) {
        var terminated = bytes
        terminated.append(0)
        try terminated.withUnsafeBufferPointer { bytes throws(FunctionError) in
            try check(terminated: UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes.dropLast())))
        }
    }

    /// As `check(_:)`, for bytes with a zero behind them.
    static func check(terminated bytes: UnsafeRawBufferPointer) throws(FunctionError) {
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw FunctionError(.invalidRequest, "The event is not JSON: it is not UTF-8.")
        }
        var offset = 0
        guard let text = bytes.assumingMemoryBound(to: CChar.self).baseAddress, !bytes.isEmpty,
            rapidjson_is_well_formed(text, bytes.count, &offset) != 0
        else {
            throw FunctionError(
                .invalidRequest,
                bytes.isEmpty
                    ? "The event is empty: send a JSON value."
                    : "The event is not JSON: there is a fault at byte \(offset) of \(bytes.count).")
        }
    }

    /// Decodes an event; a fault is a `Function.InvalidRequest` that names the place in it.
    package static func decode<Event: Decodable>(_ type: Event.Type, from bytes: [UInt8]) throws -> Event {
        var terminated = bytes
        terminated.append(0)
        return try terminated.withUnsafeBytes { bytes in
            try decode(type, terminated: UnsafeRawBufferPointer(rebasing: bytes.dropLast()))
        }
    }

    /// As `decode(_:from:)`, for bytes with a zero behind them.
    static func decode<Event: Decodable>(_ type: Event.Type, terminated bytes: UnsafeRawBufferPointer) throws -> Event {
        try check(terminated: bytes)
        guard let start = UnsafeMutableRawPointer(mutating: bytes.baseAddress) else {
            throw FunctionError(.invalidRequest, "The event is empty: send a JSON value.")
        }
        do {
            return try decoder.decode(type, from: Data(bytesNoCopy: start, count: bytes.count, deallocator: .none))
        } catch let error as DecodingError {
            throw FunctionError(.invalidRequest, error.sentence)
        }
    }

    private static let decoder = JSONDecoder()
}

extension DecodingError {
    /// What does not fit, and where; without the value, which may be personal data.
    fileprivate var sentence: String {
        switch self {
        case .keyNotFound(let key, let context): "The event has no `\((context.codingPath + [key]).path)`."
        case .valueNotFound(_, let context): "The event's \(context.place) is null."
        case .typeMismatch(let type, let context): "The event's \(context.place) is not of type \(type)."
        case .dataCorrupted(let context) where context.codingPath.isEmpty: "A value of the event does not fit its type."
        case .dataCorrupted(let context): "The event's \(context.place) is malformed."
        @unknown default: "The event is malformed."
        }
    }
}

extension DecodingError.Context {
    fileprivate var place: String { codingPath.isEmpty ? "value" : "`\(codingPath.path)`" }
}

extension [any CodingKey] {
    fileprivate var path: String {
        map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
    }
}
