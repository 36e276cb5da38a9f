import AWS
import Crypto
import Foundation
import HTTPEvents
import LambdaRuntime
import LocalServices
import Settings
import Synchronization
import TestSupport
import Testing
import VoiceAuth
import VoiceIt

@testable import Twilio
@testable import TwilioVoice

/// The function with a strict table, a strict VoiceIt and a strict Twilio; and a Connect that begins contacts.
struct CallFixture: Sendable {
    static let base = "https://voice.example.com/prod"
    static let caller = "+491701234567"
    /// The caller id of a transfer in contact mode, and the number that caller-id mode returns to.
    static let connect = "+17868645177"
    static let phrase = "never forget tomorrow is a new day"

    let table: AWSDouble
    let voiceIt: VoiceItDouble
    let twilio: TwilioMediaDouble
    let function: TwilioVoice
    let log = Log()

    /// The logged lines.
    final class Log: Sendable {
        private let text = Mutex<[String]>([])
        var lines: [String] { text.withLock(\.self) }
        func add(_ line: String) { text.withLock { $0.append(line) } }
    }

    /// Runs `body` with everything started, with additional variables.
    static func withRunning(
        _ variables: [String: String] = [:], media: TwilioMediaDouble.Configuration = .init(),
        _ body: @Sendable (CallFixture) async throws -> Void
    ) async throws {
        try await VoiceDoubles.withRunning(media: media) { doubles in
            let own = ["TWILIO_PUBLIC_BASE_URL": base, "CONNECT_PHONE_NUMBER": "\(connect), +17868645178"]
            let all = doubles.environment(own.merging(variables) { $1 })
            await doubles.voiceIt.account.register(all)
            let settings = try Environment(all).read(TwilioVoiceSettings.variable)
            try await body(CallFixture(doubles, function: TwilioVoice(settings: settings)))
        }
    }

    private init(_ doubles: VoiceDoubles, function: TwilioVoice) {
        table = doubles.table
        voiceIt = doubles.voiceIt
        twilio = doubles.twilio
        self.function = function
    }

    var store: VoiceStore { function.store }

    // MARK: - Connect's side

    /// Begins a contact like VoiceAuthCheck; returns the hand-over code, in caller-id mode none.
    @discardableResult
    func begin(
        _ contact: String = "contact-1", number: String = caller, isAllowed: Bool = true
    ) async throws -> String {
        let identity = try #require(CallerIdentity(number: number))
        let key = store.hash.identity(identity)
        let session =
            store.rules.binding == .contact ? store.hash.contact(contact).session : store.hash.caller(Redacted(number))
        let code = store.rules.binding == .contact ? store.drawCode() : ""
        let begin = VoiceEvent.Begin(
            session: session, contact: store.hash.contact(contact), isAllowed: isAllowed, token: UUID().uuidString,
            code: code.isEmpty ? nil : store.hash.code(code))
        let decision = try await store.apply(.begin(begin), to: key, deadline: .now + .seconds(5))
        if decision.answer == .makeUser {
            let user = "usr_\(UUID().uuidString.lowercased().replacing("-", with: ""))"
            await voiceIt.account.addUser(user, enrollments: 0)
            _ = try await store.apply(.userMade(userID: user, begin), to: key, deadline: .now + .seconds(5))
        }
        guard !code.isEmpty else { return "" }
        let place = VoicePlace(identity: key, session: session)
        #expect(try await store.keep(code: code, for: place, deadline: .now + .seconds(5)))
        return code
    }

    /// Returns VoiceAuthCheck's response to `result`.
    func result(_ contact: String = "contact-1", number: String = caller) async throws -> VoiceBranch? {
        let identity = try #require(CallerIdentity(number: number))
        let session =
            store.rules.binding == .contact ? store.hash.contact(contact).session : store.hash.caller(Redacted(number))
        let decision = try await store.apply(
            .result(session: session, contact: store.hash.contact(contact)), to: store.hash.identity(identity),
            deadline: .now + .seconds(5))
        if case .branch(let branch) = decision.answer { return branch }
        return nil
    }

    /// Returns the deletions stored as not confirmed.
    func pending() async throws -> [PendingDeletion] {
        try await store.pendingDeletions(deadline: .now + .seconds(5))
    }

    /// An ending: the reason, and no farewell.
    static func ending(_ sentence: CallSentence, in language: String = "en-US") -> [String] {
        ["\(sentence.text(in: language)) \(CallSentence.moment.text(in: language))"]
    }

    // MARK: - Twilio's side

    /// Returns a signed event.
    func event(
        _ path: String, _ parameters: [String: String], signature: String? = nil
    ) -> HTTPEvent {
        func encoded(_ text: String) -> String {
            text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        }
        let sorted = parameters.sorted { $0.key < $1.key }
        let body = sorted.map { "\(encoded($0.key))=\(encoded($0.value))" }.joined(separator: "&")
        let signed = Self.base + path + sorted.map { $0.key + $0.value }.joined()
        let code = HMACSHA1.authenticationCode(
            of: Array(signed.utf8), key: Array(TwilioMediaDouble.authToken.utf8))
        var headers = HTTPHeaders()
        headers["X-Twilio-Signature"] = signature ?? Data(code).base64EncodedString()
        headers["Content-Type"] = "application/x-www-form-urlencoded; charset=UTF-8"
        return HTTPEvent(method: "POST", path: path, headers: headers, body: Array(body.utf8))
    }

    func send(_ event: HTTPEvent, seconds: Int = 20) async throws -> HTTPEventResponse.Encoded {
        let log = log
        let context = LambdaContext(
            requestID: "request", deadline: .now + .seconds(seconds),
            logging: LogConfiguration { log.add(String(decoding: $0, as: UTF8.self)) })
        return try await function.handle(event, context: context)
    }

    func post(_ path: String, _ parameters: [String: String], seconds: Int = 20) async throws -> CallDocument {
        let answer = try await send(event(path, parameters), seconds: seconds)
        #expect(answer.statusCode == 200)
        #expect(answer.headers?["Content-Type"] == "text/xml")
        return try CallDocument(answer.body)
    }

    /// Returns a call that has just arrived.
    func call(_ sid: String = "CA\(UUID().uuidString.replacing("-", with: "").lowercased())") -> FixtureCall {
        FixtureCall(fixture: self, sid: sid)
    }
}
