import Encoding
import JSON

/// Looking into it without being seen: what is asked here is not told to those who observe it.
extension Ministack {
    /// The headers of such a request.
    package var own: [String: String] { ["X-Switchboard-Own": secretAccessKey] }

    /// Returns the variables of every function, by the function's name.
    package func variables() async throws -> [String: [String: String]] {
        let answer = try await send("GET", "/2015-03-31/functions?MaxItems=1000", to: .lambda, unsigned: own)
        let functions = try JSONValue(parsing: answer.body)["Functions"]?.array ?? []
        return functions.reduce(into: [:]) { all, function in
            guard let name = function["FunctionName"]?.string else { return }
            all[name] = function["Environment"]?["Variables"]?.object?.compactMapValues(\.string) ?? [:]
        }
    }

    /// Returns an invocation's lines in CloudWatch Logs, from START to REPORT; nil when there are none: the function's
    /// role may not write them.
    package func log(of requestID: String, function: String) async throws -> [String]? {
        let group = JSONValue.string("/aws/lambda/\(function)")
        let starts = try await call(
            "Logs_20140328.FilterLogEvents", of: .logs,
            ["logGroupName": group, "filterPattern": .string("\"START RequestId: \(requestID)\"")], unsigned: own)
        guard let stream = starts["events"]?.array?.first?["logStreamName"] else { return nil }
        let events = try await call(
            "Logs_20140328.GetLogEvents", of: .logs,
            ["logGroupName": group, "logStreamName": stream, "startFromHead": true], unsigned: own)
        let lines = events["events"]?.array?.compactMap { $0["message"]?.string } ?? []
        // A stream may hold other invocations of the same environment.
        let start = lines.firstIndex { $0.hasPrefix("START RequestId: \(requestID)") } ?? lines.startIndex
        let end = lines[start...].firstIndex { $0.hasPrefix("REPORT RequestId: \(requestID)") }
        return Array(lines[start..<(end.map { $0 + 1 } ?? lines.endIndex)])
    }

    /// Returns the e-mails and text messages that were accepted so far; those to one number are in their order.
    package func messages() async throws -> (emails: [Moto.Email], texts: [Moto.TextMessage]) {
        func text(_ value: JSONValue?) -> String? { value?.string.flatMap { $0.isEmpty ? nil : $0 } }
        func addresses(_ value: JSONValue?) -> [String] { value?.array?.compactMap(\.string) ?? [] }
        func time(_ seconds: JSONValue?) -> String? {
            seconds?.scalarText.flatMap(Double.init).map { UTCTime(sinceEpoch: .seconds($0)).extended }
        }
        let emails = try await emails().map { mail in
            Moto.Email(
                messageID: mail["MessageId"]?.string ?? "", from: mail["Source"]?.string ?? "",
                to: addresses(mail["To"]), subject: mail["Subject"]?.string ?? "",
                text: text(mail["BodyText"]), html: text(mail["BodyHtml"]), cc: addresses(mail["CC"]),
                bcc: addresses(mail["BCC"]), time: time(mail["Timestamp"]))
        }
        let texts = try await texts().sorted { $0.key < $1.key }.flatMap { number, messages in
            messages.map { message in
                Moto.TextMessage(
                    messageID: message["MessageId"]?.string ?? "", to: number, text: message["Message"]?.string ?? "")
            }
        }
        return (emails, texts)
    }

    /// Throttles every request that a function sends to it, or ends that; it must have been started with `observe`, and
    /// the functions' requests go through an `OutboundProxy`.
    package func throttle(_ isOn: Bool) async throws {
        let answer = try await LocalHTTP.send(
            "PUT", "/_switchboard/throttle/\(isOn ? "on" : "off")", port: port, fields: own)
        guard answer.status == 204 else { throw LocalAWSError("The local AWS did not take it: \(answer.startLine).") }
    }
}
