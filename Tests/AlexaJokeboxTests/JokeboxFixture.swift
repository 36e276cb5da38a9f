import AWS
import Alexa
import AlexaEndpoint
import AlexaVerification
import Calling
import Encoding
import Foundation
import HTTPClient
import JSON
import LambdaRuntime
import Settings
import Synchronization
import TestSupport

@testable import AlexaJokebox

/// AlexaJokebox on a scripted bucket and table.
final class JokeboxFixture: Sendable {
    static let skillID = "amzn1.ask.skill.0d6c1a52-7b0e-4c55-9a43-2f8a55c1e0aa"

    let s3: S3Double
    let aws: AWSDouble
    /// The time by which the continuous clock has been put forward.
    let elapsed = Mutex(Duration.zero)
    /// The time by which the wall clock has, in addition: it goes on while Lambda has frozen the process, and may be
    /// set back.
    let frozen = Mutex(Duration.zero)
    private let variables: [String: String]
    private let function: Mutex<AlexaJokebox>
    private let lines = Mutex<[String]>([])

    init(_ keys: [String], table: Bool = false, _ variables: [String: String] = [:]) throws {
        s3 = try S3Double(keys)
        aws = try AWSDouble()
        var values = aws.environment.merging([
            "ALEXA_SKILL_ID": Self.skillID, "ASK_VERIFY_REQUESTS": "false", "AUDIO_BUCKET": "jokes",
            "AWS_ENDPOINT_URL_S3": "http://127.0.0.1:\(s3.port)",
        ]) { $1 }
        if table { values["JOKEBOX_TABLE"] = values["IDEMPOTENCY_TABLE"] }
        self.variables = values.merging(variables) { $1 }
        function = Mutex(try Self.make(self.variables, { .now }))
        try restart()
    }

    deinit {
        s3.stop()
        aws.stop()
    }

    private static func make(
        _ variables: [String: String], _ now: @escaping @Sendable () -> Moment
    ) throws -> AlexaJokebox {
        let (settings, configuration) = try Environment(variables).read(
            JokeboxSettings.variable, AWSConfiguration.variable)
        let http = CurlClient()
        return AlexaJokebox(
            settings: settings,
            aws: AWSClient(configuration: configuration, http: http, timing: CallTiming(random: { 0 })),
            verifier: RequestVerifier(http: http), now: now)
    }

    /// Starts a new process, without any cached state.
    func restart() throws {
        let function = try Self.make(variables) { [weak self] in
            var now = Moment.now
            now.continuous += self?.elapsed.withLock { $0 } ?? .zero
            now.wall += self?.frozen.withLock { $0 } ?? .zero
            return now
        }
        self.function.withLock { $0 = function }
    }

    /// Everything the function logged, line by line.
    var log: [String] { lines.withLock { $0 } }

    /// Sends a request and returns the response, checked against Alexa's rules.
    func invoke(_ event: JSONValue, seconds: Double = 60) async throws -> JSONValue {
        try await invoke(event.bytes, seconds: seconds)
    }

    func invoke(_ event: [UInt8], seconds: Double = 60) async throws -> JSONValue {
        let context = LambdaContext(
            requestID: "request-1", deadline: .now + .seconds(seconds),
            logging: LogConfiguration(write: { [weak self] line in
                self?.lines.withLock { $0.append(String(decoding: line, as: UTF8.self)) }
            }))
        let endpoint = function.withLock(\.endpoint)
        return try JSONValue(parsing: try await endpoint.answer(event, context: context))
    }

    /// The state of the device's player.
    struct Device {
        var token: String?
        var offset: JSONValue? = 0
        var activity: String? = "PLAYING"

        init(_ token: String? = nil, offset: JSONValue? = 0, _ activity: String? = "PLAYING") {
            self.token = token
            self.offset = offset
            self.activity = activity
        }
    }

    /// Returns an envelope: with a session for speech, without for requests of the device.
    static func event(
        _ request: [String: JSONValue], _ device: Device?, locale: String? = "en-US",
        user: String? = "amzn1.ask.account.SECRETUSER", isNew: Bool = true
    ) -> JSONValue {
        var request = request
        request["requestId"] = "alexa-request-1"
        request["timestamp"] = "2026-11-21T10:00:00Z"
        request["locale"] = locale.map { .string($0) }
        let type = request["type"]?.string ?? ""
        let isSaid = !type.contains(".")
        let user: JSONValue? = user.map { ["userId": .string($0)] }
        return .members([
            "version": "1.0",
            "session": isSaid
                ? .members(["new": .bool(isNew), "sessionId": "s", "attributes": [:], "user": user]) : nil,
            "context": .members([
                "System": .members([
                    "application": ["applicationId": .string(skillID)], "user": user,
                    "device": ["deviceId": "SECRETDEVICE", "supportedInterfaces": ["AudioPlayer": [:]]],
                ]),
                "AudioPlayer": device.map {
                    .members([
                        "token": $0.token.map { .string($0) }, "offsetInMilliseconds": $0.offset,
                        "playerActivity": $0.activity.map { .string($0) },
                    ])
                },
            ]),
            "request": .object(request),
        ])
    }

    func launch(_ device: Device? = nil, locale: String? = "en-US") async throws -> JSONValue {
        try await invoke(Self.event(["type": "LaunchRequest"], device, locale: locale))
    }

    func say(
        _ intent: String, _ device: Device? = nil, locale: String? = "en-US",
        user: String? = "amzn1.ask.account.SECRETUSER", isNew: Bool = true
    ) async throws -> JSONValue {
        let intent: JSONValue = ["name": .string(intent), "confirmationStatus": "NONE"]
        return try await invoke(
            Self.event(["type": "IntentRequest", "intent": intent], device, locale: locale, user: user, isNew: isNew))
    }

    /// Reports `PlaybackStarted` and the like, of a stream; the device plays it unless stated otherwise.
    func report(
        _ event: String, _ token: String, _ device: Device? = nil, locale: String? = "en-US"
    ) async throws -> JSONValue {
        var request: [String: JSONValue] = [
            "type": .string("AudioPlayer.\(event)"), "token": .string(token), "offsetInMilliseconds": 0,
        ]
        if event == "PlaybackFailed" {
            request["error"] = ["type": "MEDIA_ERROR_UNKNOWN", "message": "https://x/?X-Amz-Signature=SECRET"]
        }
        return try await invoke(Self.event(request, device ?? Device(token), locale: locale))
    }

    func press(_ button: String, _ device: Device? = nil) async throws -> JSONValue {
        try await invoke(Self.event(["type": .string("PlaybackController.\(button)CommandIssued")], device))
    }
}

extension JSONValue {
    var response: JSONValue { self["response"] ?? [:] }
    var ssml: String? { response["outputSpeech"]?["ssml"]?.string }
    var isEmptyAnswer: Bool { self == ["version": "1.0", "response": [:]] }
    /// The one directive.
    var directive: JSONValue? { response["directives"]?.array.flatMap { $0.count == 1 ? $0[0] : nil } }
    /// The stream of the one directive, a Play.
    var stream: JSONValue? {
        directive?["type"] == "AudioPlayer.Play" ? directive?["audioItem"]?["stream"] : nil
    }
    var token: String { stream?["token"]?.string ?? "" }
    /// The key in the stream's URL.
    var key: String? {
        guard let url = stream?["url"]?.string, let query = url.firstIndex(of: "?"), url.contains("X-Amz-Signature="),
            let path = url[..<query].split(separator: "/", maxSplits: 2).last, path.hasPrefix("jokes/")
        else { return nil }
        return PercentEncoding.decode(path.dropFirst(6))
    }
    var offset: Int? { stream?["offsetInMilliseconds"]?.int }
}

extension JokeboxSentence {
    /// Returns the speech of the sentence in a locale.
    func ssml(_ locale: String = "en-US") -> String {
        JokeboxSentence.strings.speech(self, locale).ssml
    }
}
