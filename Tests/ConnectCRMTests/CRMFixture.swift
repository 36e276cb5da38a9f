import AWS
import AmazonConnect
import Calling
import Foundation
import JSON
import Logging
import Salesforce
import Settings
import Synchronization
import TestSupport

@testable import ConnectCRM
@testable import LambdaRuntime

/// The function with a scripted Salesforce and a strict DynamoDB, its log kept.
final class CRMFixture: Sendable {
    static let number = "+12065550142"
    static let contactID = "3c1d2e4f-0000-4000-8000-000000000001"
    /// 2027-01-15, 08:00 UTC.
    static let now = Duration.seconds(1_800_000_000)

    let crm: ScriptedCRM
    let aws: AWSDouble
    private let function: ConnectCRM
    private let clock: Clock
    private let lines = Mutex<[String]>([])

    private final class Clock: Sendable {
        let wall = Mutex(CRMFixture.now)
    }

    /// - Parameter patience: The time before the search begins beside the queries.
    init(
        _ variables: [String: String] = [:], patience: Duration = .seconds(1),
        _ script: @escaping ScriptedCRM.Script = { call, _ in CRMFixture.nobody(call) }
    ) throws {
        crm = try ScriptedCRM(script)
        aws = try AWSDouble()
        let environment = Environment(
            crm.environment.merging(aws.environment) { $1 }.merging(variables) { $1 })
        let (settings, salesforce, configuration) = try environment.read(
            ConnectCRMSettings.variable, SalesforceConfiguration.variable, AWSConfiguration.variable)
        let clock = Clock()
        self.clock = clock
        let timing = CallTiming(
            wall: { clock.wall.withLock(\.self) },
            sleep: { try await Task.sleep(for: $0 == .seconds(1) ? patience : $0) })
        function = ConnectCRM(
            settings: settings, crm: SalesforceClient(configuration: salesforce, timing: timing),
            table: "switchboard-idempotency",
            aws: AWSClient(configuration: configuration, timing: CallTiming(random: { 0 })), timing: timing)
    }

    func advance(seconds: Int) { clock.wall.withLock { $0 += .seconds(seconds) } }

    var log: String { lines.withLock { $0.joined() } }
    /// The lines of a level.
    func lines(_ level: String) -> [String] {
        lines.withLock { $0.filter { $0.contains("\"level\":\"\(level)\"") } }
    }

    /// Invokes the function like Lambda.
    func invoke(_ event: JSONValue, within time: Duration = .seconds(8)) async throws -> [String: String] {
        let context = LambdaContext(
            requestID: "r", deadline: .now + time,
            logging: LogConfiguration(format: .json, level: .trace) { [self] line in
                lines.withLock { $0.append(String(decoding: line, as: UTF8.self)) }
            })
        do {
            return try await function.handle(ContactFlowEvent(event), context: context).fields
        } catch let error as any TypedError {
            throw FunctionError(error)
        }
    }

    /// Looks up for a contact flow.
    func lookup(
        _ parameters: [String: JSONValue] = [:], from number: String? = CRMFixture.number,
        within time: Duration = .seconds(8)
    ) async throws -> [String: String] {
        try await invoke(Self.event(parameters, from: number), within: time)
    }

    static func event(
        _ parameters: [String: JSONValue] = [:], from number: String? = CRMFixture.number,
        contact: String = CRMFixture.contactID, method: String = "INBOUND"
    ) -> JSONValue {
        let endpoint = number.map { JSONValue.object(["Address": .string($0), "Type": "TELEPHONE_NUMBER"]) }
        return [
            "Name": "ContactFlowEvent",
            "Details": [
                "ContactData": .members([
                    "ContactId": .string(contact), "InitiationMethod": .string(method), "CustomerEndpoint": endpoint,
                ]), "Parameters": .object(parameters),
            ],
        ]
    }

    /// Returns the event of an agent's guide: a contact of its own, related to the call.
    static func guide(_ parameters: [String: JSONValue], contact: String = "guide-1") -> JSONValue {
        [
            "Name": "ContactFlowEvent",
            "Details": [
                "ContactData": [
                    "ContactId": .string(contact), "RelatedContactId": .string(contactID), "InitiationMethod": "API",
                    "SegmentAttributes": ["connect:Subtype": ["ValueString": "connect:Guide"]],
                ], "Parameters": .object(parameters),
            ],
        ]
    }
}

/// Answers of scripts.
extension CRMFixture {
    static let maria: JSONValue = [
        "Id": "0035f00000MARIAAAA", "FirstName": "Maria", "LastName": "Silva", "Name": "Maria Silva",
        "Email": "maria@example.com", "AccountId": "0015f00000NORTHAAA", "Account": ["Name": "Northwind"],
        "OwnerId": "0055f00000AGENTAAA",
        "Owner": ["Name": "Ann Agent", "Username": "ann@example.com", "IsActive": true], "MobilePhone": "+12065550142",
        "Cases": [
            "totalSize": 2, "done": true,
            "records": [
                [
                    "Id": "5005f00000CASE0AAA", "CaseNumber": "00001002", "Subject": "Late", "Status": "New",
                    "Priority": "High", "Owner": ["Username": "ann@example.com"],
                ],
                ["Id": "5005f00000CASE1AAA", "CaseNumber": "00001001"],
            ],
        ],
    ]

    /// Answers every request of a look-up without a find, and creates.
    static func nobody(_ call: ScriptedCRM.Call) -> ScriptedCRM.Reply { people(call, [:]) }

    /// Answers the queries with these rows, by object, finds nothing by the search, and creates.
    static func people(_ call: ScriptedCRM.Call, _ rows: [String: [JSONValue]]) -> ScriptedCRM.Reply {
        switch call {
        case .composite(let parts) where parts.contains { $0.method == "POST" }: .json(200, created(parts))
        case .composite(let parts): .json(200, ScriptedCRM.rows(parts, rows))
        case .search: .json(200, ScriptedCRM.finds([]))
        case .create: .json(201, ["id": "00T5f00000TASK0AAA", "success": true, "errors": []])
        }
    }

    static func created(_ parts: [ScriptedCRM.Part]) -> JSONValue {
        ScriptedCRM.composite(parts) { part in
            part.method == "POST"
                ? (201, ["id": "5005f00000NEWCASEA", "success": true, "errors": []])
                : (200, ["CaseNumber": "00001099"])
        }
    }
}
