import FoundationEssentials
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
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        // Strings, arrays and dictionaries of them always encode.
        return ((try? encoder.encode(self)).map(Array.init) ?? []) + [UInt8(ascii: "\n")]
    }
}

extension LogLine: Encodable {
    func encode(to encoder: any Encoder) throws {
        var line = encoder.container(keyedBy: JSONKey.self)
        for (key, value) in metadata { try line.encode(MetadataValue(value), forKey: JSONKey(key)) }
        // The line's own keys win over metadata of the same name.
        try line.encode(timestamp, forKey: JSONKey("timestamp"))
        try line.encode(level, forKey: JSONKey("level"))
        try line.encode(message, forKey: JSONKey("message"))
        try line.encodeIfPresent(requestID, forKey: JSONKey("requestId"))
        try line.encodeIfPresent(traceID, forKey: JSONKey("traceId"))
    }
}

private struct MetadataValue: Encodable {
    let value: Logger.MetadataValue

    init(_ value: Logger.MetadataValue) {
        self.value = value
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch value {
        case .string(let text): try container.encode(text)
        // Keep numbers numeric so that log queries can aggregate them.
        case .stringConvertible(let number as Int): try container.encode(number)
        case .stringConvertible(let number as Double) where number.isFinite: try container.encode(number)
        case .array(let values): try container.encode(values.map(MetadataValue.init))
        case .dictionary(let values): try container.encode(values.mapValues(MetadataValue.init))
        default: try container.encode(value.description)
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
