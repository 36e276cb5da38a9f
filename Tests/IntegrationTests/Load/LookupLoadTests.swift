import Foundation
import JSON
import LocalServices
import TestSupport
import Testing

/// Look-ups of the built bootstrap of ConnectCRM, many at once, with a local Salesforce that takes 50 ms for each request.
@Suite(.serialized, .takingTurns) struct LookupLoadTests {
    private static let pace = 50
    private static let processes = 50
    private static let lookups = 1_000
    /// Look-ups sign nothing for AWS, and read no table.
    private static let variables = [
        "IDEMPOTENCY_TABLE": "unused", "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b",
        "AWS_ENDPOINT_URL": "http://127.0.0.1:9",
    ]
    /// The people of each kind.
    private static let people = 20

    /// The ways in which a caller is written in the org, and the requests that a look-up takes for it.
    private enum Kind: CaseIterable {
        case plain, formatted, household, unknown

        var requests: Int {
            switch self {
            case .plain, .household: 1
            case .formatted: 3
            case .unknown: 2
            }
        }

        var status: String {
            switch self {
            case .plain, .formatted: "found"
            case .household: "ambiguous"
            case .unknown: "none"
            }
        }

        func number(_ person: Int) -> String {
            let place = Kind.allCases.firstIndex(of: self) ?? 0
            return "+4420794\(place)\(String(1_000 + person))"
        }
    }

    private static func records() -> JSONValue {
        var contacts: [JSONValue] = []
        for person in 0..<people {
            let digits = Kind.formatted.number(person).dropFirst(3)
            let written = "+44 (0)\(digits.prefix(2)) \(digits.dropFirst(2).prefix(4)) \(digits.dropFirst(6))"
            contacts.append(["LastName": .string("Plain \(person)"), "Phone": .string(Kind.plain.number(person))])
            contacts.append(["LastName": .string("Formatted \(person)"), "MobilePhone": .string(written)])
            for name in ["Jo", "Jay"] {
                contacts.append([
                    "FirstName": .string(name), "LastName": "Household",
                    "HomePhone": .string(Kind.household.number(person)),
                ])
            }
        }
        let phones = ["Phone", "MobilePhone", "HomePhone", "OtherPhone"].map { ($0, JSONValue.string("phone")) }
        return [
            "objects": [
                "Contact": [
                    "fields": .object(Dictionary(phones + [("Email", "email"), ("AccountId", "Account")]) { $1 })
                ],
                "Lead": ["fields": ["Phone": "phone", "MobilePhone": "phone", "Email": "email"]],
                "Account": ["fields": ["Phone": "phone"]],
                "Case": [
                    "fields": ["Subject": "text", "Priority": "text", "ContactId": "Contact", "AccountId": "Account"]
                ],
            ],
            "records": ["Contact": .array(contacts)], "pace": .number(pace),
        ]
    }

    private struct Lookup: Sendable {
        let kind: String
        let status: String
        let isRight: Bool
        let time: Duration
    }

    /// Looks each caller up, in so many processes at once.
    private func times(
        _ numbers: [(kind: Kind, person: Int)], processes: Int
    ) async throws -> (lookups: [Lookup], requests: Int) {
        var configuration = SalesforceDouble.Configuration()
        configuration.records = [:]
        configuration.additions = [try SalesforceAddition(Self.records())]
        return try await SalesforceDouble.withRunning(configuration) { crm in
            var function = LocalFunction.Configuration(
                name: "ConnectCRM", bootstrap: TestProcess.bootstrap("ConnectCRM"),
                environment: crm.environment.merging(Self.variables) { $1 })
            let log = try LogFile(named: "ConnectCRM")
            function.output = log.descriptor
            let lookups = try await FunctionPool.withRunning(function) { pool in
                await withTaskGroup(of: [Lookup].self) { group in
                    for process in 0..<processes {
                        group.addTask {
                            // The first one signs in.
                            _ = await Self.lookup(numbers[process % numbers.count], pool)
                            var all: [Lookup] = []
                            for index in stride(from: process, to: numbers.count, by: processes) {
                                all.append(await Self.lookup(numbers[index], pool))
                            }
                            return all
                        }
                    }
                    return await group.reduce(into: []) { $0 += $1 }
                }
            }
            let requests = await crm.org.requests.count { !$0.path.hasPrefix("/services/oauth2") }
            return (lookups, requests)
        }
    }

    private static func lookup(_ caller: (kind: Kind, person: Int), _ pool: FunctionPool) async -> Lookup {
        let event: JSONValue = [
            "Name": "ContactFlowEvent",
            "Details": [
                "ContactData": [
                    "ContactId": "c", "Channel": "VOICE",
                    "CustomerEndpoint": ["Address": .string(caller.kind.number(caller.person))],
                ], "Parameters": [:],
            ],
        ]
        let clock = ContinuousClock()
        let start = clock.now
        let outcome = await pool.invoke(event.bytes)
        let time = clock.now - start
        let answer = try? JSONValue(parsing: outcome.payload)
        let name = answer?["name"]?.string ?? ""
        let isNamed =
            switch caller.kind {
            case .plain: name == "Plain \(caller.person)"
            case .formatted: name == "Formatted \(caller.person)"
            case .household, .unknown: name.isEmpty
            }
        let status = answer?["status"]?.string ?? ""
        return Lookup(
            kind: "\(caller.kind)", status: status, isRight: status == caller.kind.status && isNamed, time: time)
    }

    @Test func `a look-up answers in at most 70 ms more than its requests take`() async throws {
        for kind in Kind.allCases {
            let numbers = (0..<40).map { (kind: kind, person: $0 % Self.people) }
            let (lookups, _) = try await times(numbers, processes: 1)
            #expect(lookups.count == 40 && lookups.allSatisfy(\.isRight))
            let sorted = lookups.map(\.time).sorted()
            let median = sorted[sorted.count / 2]
            #expect(median <= .milliseconds(kind.requests * Self.pace + 70), "\(kind): \(median)")
        }
    }

    @Test func `1,000 look-ups over 50 processes: none is wrong, none over 3 s, each has three requests at most`()
        async throws
    {
        let kinds = Kind.allCases
        let numbers = (0..<Self.lookups).map { (kind: kinds[$0 % kinds.count], person: $0 / kinds.count % Self.people) }
        let (lookups, requests) = try await times(numbers, processes: Self.processes)
        // On a machine that does other things too, one in a hundred may run out of its 2.7 s, and says so.
        let unavailable = lookups.filter { $0.status == "unavailable" }
        let wrong = lookups.filter { !$0.isRight && $0.status != "unavailable" }
        #expect(lookups.count == Self.lookups && wrong.isEmpty, "\(wrong.prefix(3))")
        #expect(unavailable.count <= Self.lookups / 100)
        let longest = lookups.map(\.time).max() ?? .zero
        #expect(longest < .seconds(3))
        #expect(requests <= 3 * (Self.lookups + Self.processes))
    }
}
