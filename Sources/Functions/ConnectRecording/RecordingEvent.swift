import AmazonConnect
import HTTPEvents
import JSON
import LambdaRuntime
import AWSEvents
import Settings

/// An event of any of the triggers, distinguished by its shape.
enum RecordingEvent: JSONReadable {
    case flow(ContactFlowEvent)
    case objects(S3Event)
    case queue(SQSEvent)
    case http(HTTPEvent)

    /// Throws `Function.InvalidRequest` for invalid JSON, and for a shape that no trigger sends.
    init(parsing bytes: [UInt8]) throws {
        try self.init(EventText.value(of: bytes))
    }

    /// Throws `Function.InvalidRequest` for a shape that no trigger sends.
    init(_ json: JSONValue) throws {
        if json["httpMethod"] != nil || json["requestContext"]?["http"] != nil {
            self = .http(try HTTPEvent(json))
        } else if json["Name"]?.string == "ContactFlowEvent" || json["Details"]?.object != nil {
            self = .flow(try ContactFlowEvent(json))
        } else if let event = S3Event(json) {
            self = .objects(event)
        } else if let event = SQSEvent(json) {
            self = .queue(event)
        } else {
            throw FunctionError(
                .invalidRequest,
                "Unsupported event (\(Self.shape(of: json))). Send a contact flow's event, an S3 notification, an "
                    + "EventBridge \"Object Created\" event, either by way of SNS or SQS, or an HTTP request."
            )
        }
    }

    /// Returns the kind of a message's body.
    static func shape(ofBody body: String) -> String {
        (try? JSONValue(parsing: Array(body.utf8))).map(shape) ?? "no JSON"
    }

    /// Describes an event by the names of its members: values may be personal data.
    private static func shape(of json: JSONValue) -> String {
        switch json {
        case .null: return "null"
        case .bool: return "a boolean"
        case .number: return "a number"
        case .string: return "a string"
        case .array: return "a list"
        case .object(let members):
            let record = json["Records"]?.array?.first?.object
            let inner = record.map { ", the first record with \(names(of: $0))" } ?? ""
            let origin =
                [json["source"], record?["eventSource"] ?? record?["EventSource"]].compactMap { $0?.string }
                .first(where: isService).map { " of \($0)" } ?? ""
            return "an object with \(names(of: members))\(inner)\(origin)"
        }
    }

    /// Returns true when a string is the name of an AWS service, such as `aws.connect` or `aws:sns`.
    private static func isService(_ text: String) -> Bool {
        text.utf8.count <= 40 && (text.hasPrefix("aws.") || text.hasPrefix("aws:"))
            && text.utf8.dropFirst(4).allSatisfy { (0x61...0x7A).contains($0) || "-23".utf8.contains($0) }
    }

    private static func names(of members: [String: JSONValue]) -> String {
        let names = members.keys.filter(isPlain).sorted()
        let shown = names.prefix(12).joined(separator: ", ")
        let others = members.count - min(names.count, 12)
        if shown.isEmpty { return members.isEmpty ? "no members" : "\(members.count) members" }
        return others > 0 ? "\(shown) and \(others) more" : shown
    }

    /// Returns true when a name looks like a program's: letters and `-_:`, at most 40.
    private static func isPlain(_ name: String) -> Bool {
        (1...40).contains(name.utf8.count)
            && name.utf8.allSatisfy { (0x61...0x7A).contains($0 | 0x20) || "-_:".utf8.contains($0) }
    }
}
