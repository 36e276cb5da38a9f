import Encoding
import Foundation
import JSON
import LocalServices

/// Changes JSON values and keeps them JSON: one value in the tree is replaced, wrapped, taken out, repeated, exchanged for
/// one of another event, or changed inside, where a string may itself be JSON, base64 or a form.
struct JSONMutator: Sendable {
    private static let inner = ByteMutator(
        tokens: ["&", "=", "%20", "+", "%2B", "{", "}", "\"", ",", ":", "_", "-", "/", "."].map { Array($0.utf8) },
        longest: 20_000)

    /// Returns a changed copy; `donor` is a value to take parts from.
    func mutated(_ value: JSONValue, with donor: JSONValue, _ generator: inout SeededGenerator) -> JSONValue {
        var place = Int.random(in: 0..<value.nodeCount, using: &generator)
        return change(value, at: &place, donor, &generator) ?? .null
    }

    /// Returns nil where the value is to be taken out. Members are visited in the order of their names.
    private func change(
        _ value: JSONValue, at place: inout Int, _ donor: JSONValue, _ generator: inout SeededGenerator
    ) -> JSONValue? {
        if place == 0 {
            place = -1
            return changed(value, donor, &generator)
        }
        place -= 1
        switch value {
        case .object(var members):
            for (name, member) in members.sorted(by: { $0.key < $1.key }) where place >= 0 {
                guard place < member.nodeCount else {
                    place -= member.nodeCount
                    continue
                }
                let isRenamed = Int.random(in: 0..<12, using: &generator) == 0
                members[name] = change(member, at: &place, donor, &generator)
                if isRenamed, let moved = members.removeValue(forKey: name) {
                    members[renamed(name, &generator)] = moved
                }
            }
            return .object(members)
        case .array(var elements):
            for (index, element) in elements.enumerated() where place >= 0 {
                guard place < element.nodeCount else {
                    place -= element.nodeCount
                    continue
                }
                let isRepeated = Int.random(in: 0..<8, using: &generator) == 0
                guard let changed = change(element, at: &place, donor, &generator) else {
                    elements.remove(at: index)
                    break
                }
                elements[index] = changed
                if isRepeated {
                    let wanted = 1 << Int.random(in: 0...8, using: &generator)
                    // Repetitions in repetitions would soon be larger than any event.
                    let times = min(wanted, 50_000 / element.text.utf8.count)
                    elements.insert(contentsOf: repeatElement(element, count: times), at: index)
                }
            }
            return .array(elements)
        default: return value
        }
    }

    private func renamed(_ name: String, _ generator: inout SeededGenerator) -> String {
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: name.uppercased()
        case 1: name.lowercased()
        case 2: name + (OddValues.texts.randomElement(using: &generator) ?? "")
        default: OddValues.texts.randomElement(using: &generator) ?? ""
        }
    }

    private func changed(_ value: JSONValue, _ donor: JSONValue, _ generator: inout SeededGenerator) -> JSONValue? {
        switch Int.random(in: 0..<12, using: &generator) {
        case 0: return nil
        case 1: return OddValues.values.randomElement(using: &generator)
        case 2: return donor.node(Int.random(in: 0..<donor.nodeCount, using: &generator))
        case 3: return nested(value, &generator)
        case 4: return .string(value.text)
        case 5:
            if case .object(var members) = value {
                let name = OddValues.texts.randomElement(using: &generator) ?? ""
                members[name] = OddValues.values.randomElement(using: &generator)
                return .object(members)
            }
            return .array([value, value])
        default:
            switch value {
            case .string(let text): return string(text, donor, &generator)
            case .number: return OddValues.numbers.randomElement(using: &generator).map(JSONValue.number)
            case .bool(let flag): return .bool(!flag)
            default: return OddValues.values.randomElement(using: &generator)
            }
        }
    }

    private func nested(_ value: JSONValue, _ generator: inout SeededGenerator) -> JSONValue {
        var value = value
        for _ in 0..<(1 << Int.random(in: 0...8, using: &generator)) {
            value = Bool.random(using: &generator) ? [value] : ["a": value]
        }
        return value
    }

    private func string(_ text: String, _ donor: JSONValue, _ generator: inout SeededGenerator) -> JSONValue {
        if Bool.random(using: &generator) {
            if text.utf8.first == UInt8(ascii: "{"), let json = try? JSONValue(parsing: Array(text.utf8)) {
                return .string(mutated(json, with: donor, &generator).text)
            }
            if text.utf8.count > 40, let bytes = Base64.decode(text) {
                return .string(Data(form(bytes, &generator)).base64EncodedString())
            }
            if text.contains("="), text.contains("&") {
                return .string(String(decoding: form(Array(text.utf8), &generator), as: UTF8.self))
            }
        }
        let bytes = Self.inner.mutated(Array(text.utf8), with: Array(donor.text.utf8.prefix(400)), &generator)
        return .string(String(decoding: bytes, as: UTF8.self))
    }

    /// Changes one pair of a form, or the bytes of what is none.
    private func form(_ bytes: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
        var pairs = bytes.split(separator: UInt8(ascii: "&")).map { Array($0) }
        guard pairs.count > 1, Int.random(in: 0..<5, using: &generator) > 0 else {
            return Self.inner.mutated(bytes, with: bytes, &generator)
        }
        let index = Int.random(in: 0..<pairs.count, using: &generator)
        let name = Array(pairs[index].prefix { $0 != UInt8(ascii: "=") })
        let odd = OddValues.texts.randomElement(using: &generator) ?? ""
        switch Int.random(in: 0..<5, using: &generator) {
        case 0: pairs.remove(at: index)
        case 1: pairs.append(pairs[index])
        case 2: pairs[index] = Self.inner.mutated(pairs[index], with: bytes, &generator)
        case 3: pairs[index] = name + Array("=\(odd)".utf8)
        default: pairs[index] = name + Array("=\(PercentEncoding.encode(odd))".utf8)
        }
        return Array(pairs.joined(separator: [UInt8(ascii: "&")]))
    }
}
