import Foundation
import JSON

/// The variables of a flow of integrations/connect: `${Name}`, in the syntax of CloudFormation's `Fn::Sub`.
enum FlowVariables {
    /// Names other than the functions' `${<Function>.Arn}`, each with its meaning.
    static let known: [String: String] = [
        "AWS::Partition": "the partition of the Amazon Connect instance, such as aws",
        "AWS::Region": "the region of the Amazon Connect instance, such as eu-central-1",
        "GuideFlowId": "the id of the guide's flow in Amazon Connect",
        "QueueArn": "the ARN of the queue that contacts wait in",
        "SegmentName": "the segment of accounts whose callers wait in the segment's queue, such as Enterprise",
        "SegmentQueueArn": "the ARN of the queue that callers of the segment wait in",
        "SystemEmailAddress": "the address that the guide's e-mails come from, one of EMAIL_ALLOWED_SENDERS",
        "TwilioPhoneNumber": "the Twilio number whose webhook is TwilioVoice, in E.164",
        "VoiceAuthFlowArn": "the ARN of the voice-authentication flow",
    ]

    /// Returns the names in a text, each once, in order.
    static func names(in text: String) -> [String] {
        var seen: Set<String> = []
        return parts(of: text).compactMap(\.name).filter { seen.insert($0).inserted }
    }

    /// The names that a flow leaves open, in values and keys, in order.
    static func names(of flow: JSONValue) -> [String] { Set(flow.textsWithKeys.flatMap(names)).sorted() }

    /// Returns true when flows of a project with these functions may leave this name open.
    static func isKnown(_ name: String, _ functions: Set<String>) -> Bool {
        known[name] != nil || name.hasSuffix(".Arn") && functions.contains(String(name.dropLast(4)))
    }

    /// Returns the value with every variable filled in. Throws a refusal that names those without a value.
    ///
    /// Partition and region need no value where an ARN is given: a flow's functions and queue are in the instance's.
    static func filled(_ json: JSONValue, _ values: [String: String]) throws -> JSONValue {
        let values = place(values).merging(values) { $1 }
        let missing = Set(names(of: json)).subtracting(values.keys).sorted()
        guard missing.isEmpty else {
            // The ARN of a function contains them.
            let hasARNs = missing.contains { $0.hasSuffix(".Arn") }
            let lines = missing.filter { !hasARNs || !$0.hasPrefix("AWS::") }.map {
                "  --set \($0)=…  \(meaning(of: $0))"
            }
            throw Refusal("The flow needs these values; give each:\n" + lines.joined(separator: "\n"))
        }
        return substituted(json, values)
    }

    /// Returns the names that CloudFormation fills in by itself, with the values of the first ARN.
    private static func place(_ values: [String: String]) -> [String: String] {
        for (_, value) in values.sorted(by: { $0.key < $1.key }) {
            guard let arn = value.prefixMatch(of: /arn:([a-z\-]+):[a-z\-]+:([a-z0-9\-]+):/) else { continue }
            return ["AWS::Partition": String(arn.output.1), "AWS::Region": String(arn.output.2)]
        }
        return [:]
    }

    private static func meaning(of name: String) -> String {
        known[name] ?? "the ARN of the function \(name.split(separator: ".").first ?? "")"
    }

    private static func substituted(_ json: JSONValue, _ values: [String: String]) -> JSONValue {
        switch json {
        case .string(let text): .string(substituted(text, values))
        case .array(let elements): .array(elements.map { substituted($0, values) })
        case .object(let members):
            .object(
                Dictionary(members.map { (substituted($0.key, values), substituted($0.value, values)) }) { $1 })
        case .null, .bool, .number: json
        }
    }

    private static func substituted(_ text: String, _ values: [String: String]) -> String {
        let parts = parts(of: text)
        guard parts.contains(where: { $0.name != nil }) else { return text }
        return parts.map { part in part.name.flatMap { values[$0] } ?? part.text }.joined()
    }

    /// A variable as it is written, with its name, or the text between two.
    private struct Part {
        let text: String
        var name: String?
    }

    /// Returns the parts of a text, in order. Each byte is looked at a few times at most, since a flow has many texts, and
    /// up to a megabyte of them.
    private static func parts(of text: String) -> [Part] {
        guard text.utf8.contains(UInt8(ascii: "$")) else { return [Part(text: text)] }
        let bytes = Array(text.utf8)
        let string = { (range: Range<Int>) in String(decoding: bytes[range], as: UTF8.self) }
        var parts: [Part] = []
        var (start, index) = (0, 0)
        while index + 1 < bytes.count {
            guard bytes[index] == UInt8(ascii: "$"), bytes[index + 1] == UInt8(ascii: "{") else {
                index += 1
                continue
            }
            // Where no brace follows, none follows any later variable.
            guard let close = bytes[(index + 2)...].firstIndex(of: UInt8(ascii: "}")) else { break }
            if start < index { parts.append(Part(text: string(start..<index))) }
            parts.append(Part(text: string(index..<close + 1), name: string(index + 2..<close)))
            (start, index) = (close + 1, close + 1)
        }
        return start < bytes.count ? parts + [Part(text: string(start..<bytes.count))] : parts
    }
}
