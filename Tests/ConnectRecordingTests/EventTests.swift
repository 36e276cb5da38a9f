import Foundation
import LambdaRuntime
import Settings
import TestSupport
import Testing

@testable import ConnectRecording

/// The events of `events/ConnectRecording`, one after the other as `switchboard demo` gives them.
@Suite(.takingTurns) struct EventTests {
    @Test func `every event brings what its expectation says`() async throws {
        let fixtures = try EventFixture.all(of: "ConnectRecording")
        let expected = try Self.expectations()
        #expect(fixtures.count >= 15)
        #expect(Set(fixtures.map(\.name)) == Set(expected.keys))
        // `local` stands for the services that the setup has already.
        let variables = try EventFixture.environment(of: "ConnectRecording").filter { $0.value != "local" }
        try await RecordingFixture.run(variables) { setup async throws in
            setup.bucket.put(Events.key("2ce3bf43-7a8e-4e1c-9d5f-2b1a6c7d8e02"))
            for fixture in fixtures {
                var wanted = expected[fixture.name] ?? [:]
                let second = wanted.removeValue(forKey: "second") as? [String: Any]
                let first = await Self.output(of: setup, fixture)
                #expect(Self.fits(first, wanted, [:]), "\(fixture.name) brought \(first)")
                guard let second else { continue }
                let again = await Self.output(of: setup, fixture)
                #expect(Self.fits(again, second, first), "\(fixture.name) brought \(again)")
            }
            let records = await setup.records()
            // Nine contacts' flows, two of them with a retry or an earlier recording.
            #expect(records.count == 9)
            #expect(records.values.count { $0["File_Name__c"] != nil } == 5)
        }
    }

    private static func output(of setup: RecordingFixture, _ fixture: EventFixture) async -> [String: Any] {
        do {
            return try await setup.invoke(String(decoding: fixture.event, as: UTF8.self))
        } catch {
            let type = (error as? FunctionError)?.errorType ?? "\(error)"
            return ["errorType": type, "errorMessage": "\(error)"]
        }
    }

    private static func expectations() throws -> [String: [String: Any]] {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../events/ConnectRecording/expected.json").standardized
        return try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: [String: Any]] ?? [:]
    }

    private static func fits(_ came: Any?, _ wanted: Any, _ first: Any?) -> Bool {
        switch wanted {
        case "*" as String: (came as? String)?.isEmpty == false
        case "$first" as String: came as? String == first as? String
        case let text as String: came as? String == text
        case let number as Int: came as? Int == number
        case let members as [String: Any]:
            members.allSatisfy { name, value in
                fits((came as? [String: Any])?[name], value, (first as? [String: Any])?[name])
            }
        case let elements as [Any]:
            (came as? [Any])?.count == elements.count
                && zip(came as? [Any] ?? [], elements).allSatisfy { fits($0, $1, nil) }
        default: false
        }
    }
}
