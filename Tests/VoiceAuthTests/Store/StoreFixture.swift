import AWS
import Calling
import Settings
import Synchronization
import TestSupport

@testable import VoiceAuth

/// A `VoiceStore` on an AWS double, with a clock that the test sets and predictable randomness on demand.
final class StoreFixture: Sendable {
    let aws: AWSDouble
    let store: VoiceStore
    private let state = State()

    private final class State: Sendable {
        let now = Mutex(States.now)
        let numbers = Mutex<[UInt64]>([])
        let interruption = Mutex<(@Sendable () -> Void)?>(nil)
    }

    init(_ rules: VoiceRules = VoiceRules()) throws {
        aws = try AWSDouble()
        let configuration = try Environment(aws.environment).read(AWSConfiguration.variable)
        let state = state
        store = VoiceStore(
            rules: rules, hash: VoiceHash(secret: Redacted("a secret of the tests")), table: "switchboard-idempotency",
            client: DynamoDBClient(AWSClient(configuration: configuration, timing: CallTiming(random: { 0 }))),
            timing: CallTiming(
                wall: {
                    state.interruption.withLock(\.self)?()
                    return .milliseconds(state.now.withLock(\.self))
                },
                random: {
                    state.numbers.withLock { $0.isEmpty ? nil : $0.removeFirst() } ?? .random(in: .min ... .max)
                }))
    }

    func advance(seconds: Int) { advance(milliseconds: seconds * 1000) }

    func advance(milliseconds: Int) { state.now.withLock { $0 += milliseconds } }

    /// Runs `action` between each read and its write, when the time is read.
    func interrupt(_ action: @escaping @Sendable () -> Void) { state.interruption.withLock { $0 = action } }

    /// Sets the next random numbers, after which they are random again.
    func draw(_ numbers: [UInt64]) { state.numbers.withLock { $0 = numbers } }

    static var deadline: ContinuousClock.Instant { .now + .seconds(5) }
    var deadline: ContinuousClock.Instant { Self.deadline }

    static let caller = CallerIdentity(number: "+12065550142")

    /// Returns the session of a contact of the caller.
    func place(_ contact: String = "contact-1") -> VoicePlace {
        VoicePlace(
            identity: Self.caller.map(store.hash.identity) ?? "", session: store.hash.contact(contact).session)
    }

    func begin(_ contact: String = "contact-1", code: String? = nil) -> VoiceEvent.Begin {
        let hash = store.hash.contact(contact)
        return .init(
            session: hash.session, contact: hash, isAllowed: false, token: "token", code: code.map(store.hash.code))
    }

    /// Begins for a contact, with a user created for it.
    @discardableResult
    func begun(_ contact: String = "contact-1", code: String? = nil) async throws -> VoicePlace {
        let place = place(contact)
        let begin = begin(contact, code: code)
        let decision = try await store.apply(.begin(begin), to: place.identity, deadline: deadline)
        if decision.answer == .makeUser {
            _ = try await store.apply(.userMade(userID: "usr_1", begin), to: place.identity, deadline: deadline)
        }
        return place
    }

    /// Begins for a contact, and gives out a code.
    func code(_ contact: String = "contact-1") async throws -> String {
        let code = store.drawCode()
        let place = try await begun(contact, code: code)
        guard try await store.keep(code: code, for: place, deadline: deadline) else { throw CancellationError() }
        return code
    }

    /// Has a call enter a code; `from` is the caller's number, nil for a shared one.
    func enter(_ code: String, _ call: String = "CA1", from: String? = nil) async throws -> CodeEntry {
        try await store.enter(
            code: code, callSID: call, bar: store.bar(of: from, shared: []), deadline: .now + .seconds(10))
    }

    func prompt(_ entry: CodeEntry) -> VoicePrompt? {
        guard case .accepted(let decision) = entry, case .ask(let prompt) = decision.answer else { return nil }
        return prompt
    }
}
