import Crypto
import Encoding
import HTTPEvents
import JSON
import LocalServices
import Twilio

/// The events of one function: those of `events/<Function>` as they are and mutated, each decided by the seed and its number.
struct EventSource: Sendable {
    /// The values of events/<Function>/env.json that sign.
    private static let token = "0123456789abcdef0123456789abcdef"
    private static let webhooks = "https://voice.example.com/prod"
    private static let linkSecret = "local-link-secret"

    let function: String
    private let seed: UInt64
    private let originals: [[UInt8]]
    private let mutator: Mutator
    /// Of a stream's function: mutates what is in Base64.
    private let records: Mutator?

    init(function: String, seed: UInt64) throws {
        self.function = function
        self.seed = seed
        originals = try ProjectFiles.events(of: function).map(\.event)
        mutator = Mutator(seeds: originals, longest: 100_000)
        let data = originals.flatMap(Self.data)
        records = data.isEmpty ? nil : Mutator(seeds: data, longest: 40_000)
    }

    /// Returns a generator for one event and what its back ends do.
    func generator(of index: Int) -> SeededGenerator {
        SeededGenerator(seed: "\(seed) \(function) \(index)")
    }

    /// Returns the event of a number. One in ten is an original, so that calls and keys get ahead.
    func event(_ index: Int) -> [UInt8] {
        var generator = generator(of: index)
        guard index >= originals.count else { return originals[index] }
        if Int.random(in: 0..<10, using: &generator) == 0 { return originals.randomElement(using: &generator) ?? [] }
        if let records, Int.random(in: 0..<5, using: &generator) > 0 { return batch(records, &generator) }
        let event = mutator.input(&generator)
        // Most are signed anew, since nothing else is read of one whose signature does not hold.
        guard ["TwilioVoice", "ConnectRecording"].contains(function), Int.random(in: 0..<5, using: &generator) > 0
        else {
            return event
        }
        return signed(event)
    }

    /// Returns the data of a batch's records.
    private static func data(of event: [UInt8]) -> [[UInt8]] {
        let records = (try? JSONValue(parsing: event))?["Records"]?.array ?? []
        return records.compactMap { $0["kinesis"]?["data"]?.string.flatMap { Base64.decode($0) } }
    }

    /// Returns a batch of mutated records among whole ones.
    private func batch(_ records: Mutator, _ generator: inout SeededGenerator) -> [UInt8] {
        let elements = (1...Int.random(in: 1...6, using: &generator)).map { number -> JSONValue in
            let data = records.input(&generator)
            return [
                "eventSource": "aws:kinesis",
                "kinesis": [
                    "sequenceNumber": .string("4965000000000000000000000000000000000000000000000000000\(number)"),
                    "partitionKey": "key", "data": .string(Base64.encode(data)),
                ],
            ]
        }
        return JSONValue.object(["Records": .array(elements)]).bytes
    }

    private func signed(_ event: [UInt8]) -> [UInt8] {
        guard let json = try? JSONValue(parsing: event), case .object(var members) = json,
            let request = try? HTTPEvent(json)
        else { return event }
        if function == "TwilioVoice" {
            let path = request.path.hasPrefix("/prod/") ? String(request.path.dropFirst(5)) : request.path
            let url = "\(Self.webhooks)\(path)\(request.rawQuery.isEmpty ? "" : "?")\(request.rawQuery)"
            let signature = WebhookSignatureVerifier.text(of: url, request.formParameters ?? [], token: Self.token)
            for key in ["headers", "multiValueHeaders"] {
                guard case .object(var headers)? = members[key] else { continue }
                let name = headers.keys.sorted().first { $0.lowercased() == "x-twilio-signature" }
                headers[name ?? "X-Twilio-Signature"] = key == "headers" ? .string(signature) : [.string(signature)]
                members[key] = .object(headers)
            }
        } else if let id = request.path.split(separator: "/").last {
            let code = SHA256.authenticationCode(of: Array(id.utf8), key: Array(Self.linkSecret.utf8))
            let signature = SHA256.hexadecimal(code)
            members["rawQueryString"] = members["rawQueryString"].map { _ in .string("sig=\(signature)") }
            for key in ["queryStringParameters", "multiValueQueryStringParameters"] where members[key]?.object != nil {
                members[key] = ["sig": key.hasPrefix("multi") ? [.string(signature)] : .string(signature)]
            }
        }
        return JSONValue.object(members).bytes
    }
}
