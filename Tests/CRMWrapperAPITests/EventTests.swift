import Foundation
import HTTPEvents
import JSON
import LambdaRuntime
import LocalServices
import Salesforce
import Settings
import TestSupport
import Testing

@testable import CRMWrapperAPI

/// The events of `events/CRMWrapperAPI`, against the local Salesforce that `switchboard demo` uses.
struct EventTests {
    @Test(arguments: try EventFixture.all(of: "CRMWrapperAPI"))
    func `an event brings what its expectation says`(_ fixture: EventFixture) async throws {
        let expected = try #require(
            try Self.json("expected")[fixture.name] as? [String: Any], "expected.json says nothing of it")
        try await SalesforceDouble.withRunning { double in
            var variables = double.environment
            variables["SALESFORCE_INSTANCE_URL"] = double.instanceURL
            variables["CRM_CALLERS"] = try Self.json("env")["CRM_CALLERS"] as? String
            let function = try await CRMWrapperAPI(environment: Environment(variables))
            let output = try await Self.output(of: function, Array(fixture.event))
            for (name, value) in expected {
                #expect(Self.fits(output[name], value), "\(name) is \(output[name] ?? "missing")")
            }
        }
    }

    @Test func `a query of every page brings all the records, and a creation makes one`() async throws {
        try await SalesforceDouble.withRunning { double in
            let function = try await CRMWrapperAPI(environment: Environment(double.environment))
            let fixtures = try EventFixture.all(of: "CRMWrapperAPI")
            let all = try #require(fixtures.first { $0.name == "02-every-page-joined" })
            let body = try #require(await Self.output(of: function, Array(all.event))["body"] as? String)
            let data = try JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: [String: Any]]
            #expect((data?["data"]?["records"] as? [Any])?.count == 7)
            #expect(data?["data"]?["done"] as? Bool == true)
            let create = try #require(fixtures.first { $0.name == "03-seed-create" })
            _ = try await Self.output(of: function, Array(create.event))
            let created = await double.org.created
            #expect(created.map(\.object) == ["Lead"])
            #expect(created.first?.fields["LastName"] == .string("Last"))
        }
    }

    private static func output(of function: CRMWrapperAPI, _ event: [UInt8]) async throws -> [String: Any] {
        do {
            let event = try HTTPEvent(parsing: event)
            let context = LambdaContext(
                requestID: "r", deadline: .now + .seconds(20), logging: LogConfiguration { _ in })
            let output = try await JSONEncoder().encode(function.handle(event, context: context))
            return try JSONSerialization.jsonObject(with: output) as? [String: Any] ?? [:]
        } catch let error as FunctionError {
            return ["errorType": error.errorType, "errorMessage": error.description]
        }
    }

    private static func json(_ name: String) throws -> [String: Any] {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../events/CRMWrapperAPI/\(name).json").standardized
        return try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any] ?? [:]
    }

    private static func fits(_ came: Any?, _ wanted: Any) -> Bool {
        switch wanted {
        case "*" as String: (came as? String)?.isEmpty == false
        case let text as String where text.hasPrefix("*") && text.hasSuffix("*"):
            (came as? String)?.contains(text.dropFirst().dropLast()) == true
        case let text as String: came as? String == text
        case let number as Int: came as? Int == number
        case let members as [String: Any]:
            members.allSatisfy { name, value in fits((came as? [String: Any])?[name], value) }
        default: false
        }
    }
}
