import JSON
import Logging

/// One line of the log, in either form.
struct LogLine {
    let timestamp: String
    let level: String
    let message: String
    let requestID: String?
    let traceID: String?
    let metadata: Logger.Metadata

    var text: [UInt8] {
        var line = "\(timestamp) \(level)"
        if let requestID { line += " requestId=\(requestID)" }
        if let traceID { line += " traceId=\(traceID)" }
        line += " \(message)"
        for (key, value) in metadata.sorted(by: { $0.key < $1.key }) { line += " \(key)=\(value)" }
        return Array("\(line.onOneLine)\n".utf8)
    }

    var json: [UInt8] {
        var members = metadata.mapValues(\.json)
        // The line's own keys win over metadata of the same name.
        members["timestamp"] = .string(timestamp)
        members["level"] = .string(level)
        members["message"] = .string(message)
        if let requestID { members["requestId"] = .string(requestID) }
        if let traceID { members["traceId"] = .string(traceID) }
        return JSONValue.object(members).bytes + [UInt8(ascii: "\n")]
    }
}

extension Logger.MetadataValue {
    /// The value as JSON; numbers stay numbers, so that log queries can aggregate them.
    fileprivate var json: JSONValue {
        switch self {
        case .string(let text): .string(text)
        case .stringConvertible(let number as Int): .number(number)
        case .stringConvertible(let number as Double) where number.isFinite: .number("\(number)")
        case .array(let values): .array(values.map(\.json))
        case .dictionary(let values): .object(values.mapValues(\.json))
        default: .string(description)
        }
    }
}

extension String {
    /// The text with its control characters escaped: a message cannot forge a second line.
    fileprivate var onOneLine: String {
        guard unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else { return self }
        return unicodeScalars.reduce(into: "") { line, scalar in
            if scalar.value < 0x20 || scalar.value == 0x7F {
                line += scalar.escaped(asASCII: true)
            } else {
                line.unicodeScalars.append(scalar)
            }
        }
    }
}
