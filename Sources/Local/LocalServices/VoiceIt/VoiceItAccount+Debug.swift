import Crypto
import JSON
import VoiceIt

/// Debug calls, for tests and people.
extension VoiceItAccount {
    func debug(_ request: HTTPMessage) -> LocalResponse {
        let body = try? JSONValue(parsing: request.body)
        switch (request.method, request.path) {
        case ("GET", "/debug/state"): return LocalResponse(200, state)
        case ("POST", "/debug/fault"): return faults.add(request.body) ? LocalResponse(204) : AwaitedFaults.help
        case ("POST", "/debug/phrase"):
            guard let text = body?["text"]?.string, let language = body?["contentLanguage"]?.string else {
                return LocalResponse(400, .string("Give {\"text\": \"…\", \"contentLanguage\": \"en-US\"}."))
            }
            register(text, in: language)
            return LocalResponse(204)
        case ("POST", "/debug/pace"):
            guard let from = body?["from"]?.int, let to = body?["to"]?.int, 0 <= from, from <= to else {
                return LocalResponse(400, .string("Give {\"from\": 500, \"to\": 9000, \"seed\": 1}, in milliseconds."))
            }
            take(milliseconds: from...to, seed: UInt64(max(0, body?["seed"]?.int ?? 0)))
            return LocalResponse(204)
        case ("POST", "/debug/reset"):
            users = [:]
            calls = []
            heard = []
            phrases = VoiceItPhrases()
            faults = AwaitedFaults()
            pace = Pace()
            return LocalResponse(204)
        default:
            return LocalResponse(
                404,
                .string("There are /debug/state, /debug/fault, /debug/phrase, /debug/pace and /debug/reset."))
        }
    }

    func record(_ request: HTTPMessage, _ form: MultipartBody?, _ reply: VoiceItReply) {
        let fields = (form?.parts ?? []).filter { $0.filename == nil }.map { ($0.name, $0.text) }
        let file = form?.parts.first { $0.filename != nil }?.bytes
        calls.append(
            RecordedCall(
                method: request.method, path: request.path, fields: Dictionary(fields) { $1 },
                recording: file.flatMap { WaveFile($0) }?.milliseconds,
                digest: file.map { SHA256.hexadecimal(SHA256.digest($0)) }, status: reply.status, code: reply.code))
    }

    private var state: JSONValue {
        .object([
            "users": .object(users.mapValues { .array($0.map { .string($0.phrase) }) }),
            "calls": .array(
                calls.map {
                    .members([
                        "method": .string($0.method), "path": .string($0.path), "status": .number($0.status),
                        "responseCode": .string($0.code), "milliseconds": $0.recording.map { .number($0) },
                        "sha256": $0.digest.map(JSONValue.string),
                    ])
                }),
        ])
    }
}
