import Foundation
import JSON
import Testing

/// The decoder and the encoder beside Foundation's.
struct CodingTests {
    private struct Shapes: Codable, Equatable {
        var flag: Bool?
        var text: String?
        var int: Int?
        var small: Int8?
        var unsigned: UInt16?
        var real: Double?
        var float: Float?
        var list: [Int]?
        var optionals: [String?]?
        var map: [String: [String: Double]]?
        var nested: Nested?
        var kind: Kind?

        struct Nested: Codable, Equatable {
            let name: String
            let children: [Nested]
        }

        enum Kind: String, Codable { case one, two }
    }

    private static let values = [
        "null", "true", "false", "0", "-0", "1", "-1", "3.0", "3.5", "1e2", "1E+2", "1e-1", "127", "128", "-129",
        "65535",
        "65536", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "1e300", "0.1",
        #""""#, #""1""#, #""one""#, #""two""#, #""drei""#, #""a\u0000b\n\"\\\/\u00e9\ud83d\ude00""#,
        "\"\u{e9}\u{301}\"",
        "[]", "[1]", "[1,2.0]", "[1.5]", "[null]", #"["a",null,"b"]"#, #"["a",1]"#, "{}", #"{"a":{"b":1}}"#,
        #"{"a":{"b":"c"}}"#, #"{"a":null}"#, #"{"name":"x","children":[]}"#, #"{"name":"x"}"#,
        #"{"name":"x","children":[{"name":"y","children":[]},{"name":1,"children":[]}]}"#,
        #"{"name":null,"children":[]}"#,
    ]
    private static let names = [
        "flag", "text", "int", "small", "unsigned", "real", "float", "list", "optionals", "map", "nested", "kind",
        "other",
    ]

    /// The case of a decoding error and its place.
    private static func place(_ error: any Error) -> String {
        guard let error = error as? DecodingError else { return "\(error)" }
        func path(_ keys: [any CodingKey]) -> String {
            keys.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
        }
        return switch error {
        case .keyNotFound(let key, let context): "missing \(path(context.codingPath + [key]))"
        case .valueNotFound(_, let context): "null \(path(context.codingPath))"
        case .typeMismatch(_, let context): "mismatch \(path(context.codingPath))"
        case .dataCorrupted: "unfit"
        @unknown default: ""
        }
    }

    private static func place(_ error: JSONError) -> String {
        switch error {
        case .missing(let path): "missing \(path)"
        case .null(let path): "null \(path)"
        case .mismatch(let path, _): "mismatch \(path)"
        // Foundation does not name the place of a number that does not fit.
        case .unfit: "unfit"
        default: "\(error)"
        }
    }

    @Test func `every value is decoded in every place, or refused there, like Foundation's decoder does`() throws {
        for name in Self.names {
            for value in Self.values {
                let text = #"{"\#(name)":\#(value)}"#
                let expected = Result { try JSONDecoder().decode(Shapes.self, from: Data(text.utf8)) }
                let decoded = Result { try JSONText.decode(Shapes.self, from: Array(text.utf8)) }
                switch (expected, decoded) {
                case (.success(let one), .success(let other)): #expect(one == other, "\(text)")
                case (.failure(let one), .failure(let other as JSONError)):
                    let places = [Self.place(one), Self.place(other)].map { place in
                        // Of two faults in a dictionary either may be met first.
                        name == "map" ? String(place.prefix { $0 != "." }) : place
                    }
                    #expect(places[0] == places[1], "\(text)")
                default: Issue.record("\(text): \(expected) and \(decoded)")
                }
            }
        }
    }

    @Test func `what is encoded is what Foundation's encoder writes`() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        for name in Self.names {
            for value in Self.values {
                guard let shapes = try? JSONText.decode(Shapes.self, from: Array(#"{"\#(name)":\#(value)}"#.utf8))
                else {
                    continue
                }
                let expected = String(decoding: try encoder.encode(shapes), as: UTF8.self)
                #expect(String(decoding: try JSONText.encode(shapes), as: UTF8.self) == expected)
            }
        }
        #expect(throws: EncodingError.self) { try JSONText.encode([Double.infinity]) }
        #expect(throws: EncodingError.self) { try JSONText.encode(["a": Float.nan]) }
        #expect(
            String(decoding: try JSONText.encode("/\u{7F}\u{1F}\u{8}\u{2028}"), as: UTF8.self)
                == "\"/\u{7F}\\u001f\\b\u{2028}\"")
    }

    /// Containers that are nested by hand.
    private struct Nesting: Codable, Equatable {
        let a: Int
        let b: [Int]

        enum Key: String, CodingKey { case outer, list, inner }

        init(a: Int, b: [Int]) { (self.a, self.b) = (a, b) }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Key.self)
            a = try container.nestedContainer(keyedBy: Key.self, forKey: .outer).decode(Int.self, forKey: .inner)
            var list = try container.nestedUnkeyedContainer(forKey: .list)
            var b: [Int] = []
            while !list.isAtEnd {
                var inner = try list.nestedUnkeyedContainer()
                b.append(try inner.decode(Int.self))
                #expect(inner.isAtEnd)
            }
            self.b = b
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Key.self)
            var list = container.nestedUnkeyedContainer(forKey: .list)
            for number in b {
                var inner = list.nestedUnkeyedContainer()
                try inner.encode(number)
            }
            var outer = container.nestedContainer(keyedBy: Key.self, forKey: .outer)
            try outer.encode(a, forKey: .inner)
        }
    }

    @Test func `nested containers are read and written`() throws {
        let value = Nesting(a: 1, b: [2, 3])
        let text = try JSONText.encode(value)
        #expect(String(decoding: text, as: UTF8.self) == #"{"list":[[2],[3]],"outer":{"inner":1}}"#)
        #expect(try JSONText.decode(Nesting.self, from: text) == value)
    }

    @Test func `a JSON value within a type keeps the digits of its numbers`() throws {
        let text = #"{"a":[1.10,100000000000000000000000000001]}"#
        let value = try JSONText.decode([String: [JSONValue]].self, from: Array(text.utf8))
        #expect(String(decoding: try JSONText.encode(value), as: UTF8.self) == text)
    }
}
