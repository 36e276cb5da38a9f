import AWS
import Calling
import Foundation
import HTTPClient
import LambdaRuntime
import Logging
import Settings
import Synchronization
import TestSupport
import Testing

@testable import Salesforce

/// A `SalesforceClient` with a scripted Salesforce, its waits only recorded and its log kept.
final class SalesforceFixture: Sendable {
    let org: ScriptedSalesforce
    let client: SalesforceClient
    private let notes = Notes()

    private final class Notes: Sendable {
        let waits = Mutex<[Duration]>([])
        let lines = Mutex<[String]>([])
        let now = Mutex(ContinuousClock.now)
        let wall = Mutex(Date(timeIntervalSince1970: 1_798_761_600))
    }

    init(_ variables: [String: String] = [:], use: SalesforceConfiguration.Use = .service) throws {
        let org = try ScriptedSalesforce()
        let configuration = try Environment(org.environment.merging(variables) { $1 })
            .read(SalesforceConfiguration.variable(for: use))
        let notes = notes
        self.org = org
        client = SalesforceClient(
            configuration: configuration,
            timing: CallTiming(
                wall: { .seconds(notes.wall.withLock(\.timeIntervalSince1970)) },
                instant: { notes.now.withLock(\.self) },
                random: { .max }, sleep: { wait in notes.waits.withLock { $0.append(wait) } }))
    }

    var waits: [Duration] { notes.waits.withLock(\.self) }
    var log: String { notes.lines.withLock { $0.joined() } }
    func advance(_ duration: Duration) { notes.now.withLock { $0 += duration } }
    /// Advances only the wall clock, like after a freeze of the process.
    func freeze(seconds: Double) { notes.wall.withLock { $0 += seconds } }

    func call(_ identity: SalesforceCall.Identity = .service, within time: Duration = .seconds(20)) -> SalesforceCall {
        let logging = LogConfiguration(format: .json) { [notes] line in
            notes.lines.withLock { $0.append(String(decoding: line, as: UTF8.self)) }
        }
        let context = LambdaContext(requestID: "r", deadline: .now + time, logging: logging)
        return SalesforceCall(as: identity, deadline: context.callDeadline, logger: context.logger)
    }

    static let user = SalesforceCall.Identity.user(
        name: Redacted(ScriptedSalesforce.username), password: Redacted(ScriptedSalesforce.password))

    /// Returns the ids of `SELECT Id FROM Lead`.
    func ids(limit: Int = 2000, _ call: SalesforceCall? = nil) async throws(SalesforceError) -> [String] {
        struct Record: Decodable { let Id: String }
        let answer = try await client.query("SELECT Id FROM Lead", limit: limit, call ?? self.call())
        return ((try? answer.decoded(Record.self)) ?? []).map(\.Id)
    }
}

/// Returns the error of a call; nil, and a failure of the test, when it succeeded.
func failure<Value>(of call: () async throws(SalesforceError) -> Value) async -> SalesforceError? {
    do throws(SalesforceError) {
        _ = try await call()
        Issue.record("The call did not fail.")
        return nil
    } catch {
        return error
    }
}
