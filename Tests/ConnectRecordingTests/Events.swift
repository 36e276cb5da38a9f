import Foundation
import Settings

/// Events of every trigger.
enum Events {
    static func json(_ value: Any) -> String {
        let data = (try? JSONSerialization.data(withJSONObject: value, options: .fragmentsAllowed)) ?? Data()
        return String(decoding: data, as: UTF8.self)
    }

    static func flow(_ contact: String, from number: String?, channel: String = "VOICE") -> String {
        let endpoint: Any = number.map { ["Address": $0, "Type": "TELEPHONE_NUMBER"] } ?? NSNull()
        return json([
            "Name": "ContactFlowEvent",
            "Details": [
                "ContactData": [
                    "ContactId": contact, "Channel": channel, "CustomerEndpoint": endpoint,
                    "InitiationMethod": "INBOUND",
                ],
                "Parameters": [String: String](),
            ],
        ])
    }

    static func key(_ contact: String, day: String = "2026/11/21", time: String = "10:05") -> String {
        "connect/acme/CallRecordings/\(day)/\(contact)_\(day.replacingOccurrences(of: "/", with: ""))T\(time)_UTC.wav"
    }

    static func redactedKey(_ contact: String) -> String {
        "Analysis/Voice/Redacted/2026/11/21/\(contact)_call_recording_redacted_2026-11-21T10:05:42Z.wav"
    }

    /// The key of a file of Contact Lens, such as `Analysis/Voice/2026/…`.
    static func analysisKey(
        _ contact: String, _ folder: String = "Voice", isRedacted: Bool = false, time: String = "10:05:42"
    ) -> String {
        "Analysis/\(folder)/\(isRedacted ? "Redacted/" : "")2026/11/21/\(contact)_analysis_"
            + "\(isRedacted ? "redacted_" : "")2026-11-21T\(time)Z.json"
    }

    static func notification(_ keys: [String], bucket: String = "recordings") -> String {
        json([
            "Records": keys.map { key in
                [
                    "eventSource": "aws:s3", "eventName": "ObjectCreated:Copy",
                    "s3": [
                        "bucket": ["name": bucket],
                        "object": [
                            "key": (key.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")
                                .replacingOccurrences(of: "%20", with: "+")
                        ],
                    ],
                ] as [String: Any]
            }
        ])
    }

    static func bridge(_ key: String, bucket: String = "recordings") -> String {
        json([
            "version": "0", "source": "aws.s3", "detail-type": "Object Created",
            "detail": ["bucket": ["name": bucket], "object": ["key": key], "reason": "CopyObject"],
        ])
    }

    /// The ids of the messages are `m0`, `m1` and so on.
    static func queue(_ bodies: [String]) -> String {
        json([
            "Records": bodies.enumerated().map { index, body in
                ["messageId": "m\(index)", "body": body, "eventSource": "aws:sqs", "receiptHandle": "r"]
            }
        ])
    }

    /// A message in a queue as SNS wraps it.
    static func envelope(_ message: String, type: String = "Notification") -> String {
        json([
            "Type": type, "MessageId": "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324", "Message": message,
            "TopicArn": "arn:aws:sns:eu-central-1:123456789012:recordings", "Subject": "Amazon S3 Notification",
        ])
    }

    /// What SNS gives to Lambda itself.
    static func topic(_ messages: [String]) -> String {
        json([
            "Records": messages.map { message -> [String: Any] in
                ["EventSource": "aws:sns", "EventVersion": "1.0", "Sns": ["Type": "Notification", "Message": message]]
            }
        ])
    }

    static let testEvent = #"{"Service":"Amazon S3","Event":"s3:TestEvent","Bucket":"recordings"}"#

    /// - Parameter query: The query in the signature's place.
    static func click(
        _ contact: String, signature: String?, method: String = "GET", path: String? = nil, query: String? = nil
    ) -> String {
        json([
            "version": "2.0", "rawPath": "/prod" + (path ?? "/recordings/\(contact)"),
            "rawQueryString": query ?? signature.map { "sig=\($0)" } ?? "", "headers": ["host": "calls.example.com"],
            "requestContext": [
                "http": ["method": method, "path": path ?? "/recordings/\(contact)", "sourceIp": "198.51.100.7"],
                "stage": "prod",
            ],
        ])
    }
}
