import Foundation
import JSON

extension ParserTarget {
    /// JSON: the three readers agree on what JSON is, what was read is written and read again as the same, and Foundation
    /// reads the same values.
    static let json = ParserTarget(
        name: "json",
        tokens: [
            "-0", "1.", ".1", "01", "1e", "1e+", "tru", "\\x", "\\u12", "/", "\u{FEFF}", "[[", "{\"\":", "NaN", "//",
            "'",
        ],
        seeds: {
            try ["SendSMS", "AlexaCRM", "Echo", "ConnectRecording"].flatMap {
                try ProjectFiles.events(of: $0).map(\.event)
            }
        },
        check: checkJSON)

    private static func checkJSON(_ input: [UInt8]) throws {
        let isJSON = try read(JSONError.self) { try JSONText.check(input) } != nil
        var keys = 0
        let isRead =
            try read(JSONError.self) {
                try JSONText.read(input) { event, end in
                    if case .key = event { keys += 1 }
                    return end <= input.count
                }
            } != nil
        let value = try read(JSONError.self) { try JSONValue(parsing: input) }
        let raw = try read(JSONError.self) { try RawJSON(checking: input) }
        if !isJSON {
            try Finding.unless(value == nil && raw == nil && !isRead, "a reader takes what the check refuses")
            return
        }
        try Finding.unless(isRead == (raw != nil), "RawJSON and the events differ")
        guard let value else { return }
        try Finding.unless(raw != nil, "RawJSON refuses what JSONValue takes")
        try checkWriting(value)
        // Which of two members of one name counts is nobody's business here.
        // Foundation drops byte order marks in strings.
        let text = value.text
        if keys == value.memberCount, !text.unicodeScalars.contains("\u{FEFF}") { try checkOracle(input, value) }
        if let members = raw?.members {
            try Finding.unless(value.object != nil, "RawJSON has members, and the value none")
            for member in members {
                try Finding.unless(value.object?[member.name] != nil, "a member of RawJSON is not in the value")
            }
        }
        try Finding.unless((raw?.elements?.count) == value.array?.count, "RawJSON has other elements than the value")
    }

    private static func checkWriting(_ value: JSONValue) throws {
        let written = value.bytes
        guard let again = try? JSONValue(parsing: written) else { throw Finding("what was written is not JSON") }
        try Finding.unless(again == value, "what was written is read as another value")
        try Finding.unless(again.bytes == written, "the same value is written in two ways")
        guard let encoded = try read(EncodingError.self, body: { try JSONText.encode(value) }) else { return }
        try Finding.unless((try? JSONText.check(encoded)) != nil, "what was encoded is not JSON")
    }

    private static func checkOracle(_ input: [UInt8], _ value: JSONValue) throws {
        guard let object = try? JSONSerialization.jsonObject(with: Data(input), options: .fragmentsAllowed) else {
            // Foundation refuses zeros, byte order marks and numbers that it cannot hold.
            try Finding.unless(
                value.hasExtremes || input.contains(0) || input.first == 0xEF, "Foundation refuses what we take")
            return
        }
        try Finding.unless(value.isSame(as: object), "Foundation reads another value")
    }
}

extension JSONValue {
    /// The number of members of all objects in it.
    fileprivate var memberCount: Int {
        switch self {
        case .object(let members): members.values.reduce(members.count) { $0 + $1.memberCount }
        case .array(let elements): elements.reduce(0) { $0 + $1.memberCount }
        default: 0
        }
    }

    /// True when it holds a number of many digits or a great exponent.
    fileprivate var hasExtremes: Bool {
        switch self {
        case .number(let digits): digits.utf8.count > 15 || digits.contains { $0 == "e" || $0 == "E" }
        case .object(let members): members.values.contains { $0.hasExtremes }
        case .array(let elements): elements.contains { $0.hasExtremes }
        default: false
        }
    }

    /// Compares it with what JSONSerialization made of the same text.
    fileprivate func isSame(as object: Any) -> Bool {
        switch self {
        case .null: object is NSNull
        case .bool(let value): (object as? Bool) == value
        case .number(let digits): Self.isSame(digits, object)
        case .string(let text):
            (object as? String).map { $0.unicodeScalars.elementsEqual(text.unicodeScalars) } ?? false
        case .array(let elements):
            (object as? [Any]).map { $0.count == elements.count && zip(elements, $0).allSatisfy { $0.isSame(as: $1) } }
                ?? false
        case .object(let members):
            (object as? [String: Any]).map { others in
                others.count == members.count
                    && members.allSatisfy { name, value in others[name].map { value.isSame(as: $0) } ?? false }
            } ?? false
        }
    }

    private static func isSame(_ digits: String, _ object: Any) -> Bool {
        guard let number = object as? NSNumber, let value = Double(digits) else { return false }
        return abs(number.doubleValue - value) <= abs(value) * 1e-12 || (number.doubleValue == 0 && abs(value) < 1e-300)
    }
}
