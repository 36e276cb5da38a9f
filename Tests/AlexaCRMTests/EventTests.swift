import Alexa
import Foundation
import JSON
import LambdaRuntime
import Settings
import TestSupport
import Testing

@testable import AlexaCRM

@Suite struct EventTests {
    private static let folder = URL(filePath: #filePath).appending(path: "../../../events/AlexaCRM").standardized

    private static func json(_ name: String) throws -> JSONValue {
        try JSONValue(parsing: Array(Data(contentsOf: folder.appending(path: name))))
    }

    @Test func `every event brings what its expectation says, in their order`() async throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).sorted()
            .filter { !["expected.json", "env.json"].contains($0) }
        let expected = try #require(Self.json("expected.json").object)
        #expect(expected.keys.sorted() == files.map { String($0.dropLast(5)) } && files.count >= 10)
        let fixture = try await CRMFixture([
            "ALEXA_SKILL_ID": try #require(Self.json("env.json")["ALEXA_SKILL_ID"]?.string)
        ]
        )
        for file in files {
            var wanted = try #require(expected[String(file.dropLast(5))]?.object)
            let event = Array(try Data(contentsOf: Self.folder.appending(path: file)))
            let second = wanted.removeValue(forKey: "second")
            for expectation in [.object(wanted), second].compactMap(\.self) {
                let came = try await output(of: event, fixture)
                #expect(Self.difference(came, expectation) == nil, "\(file)")
            }
        }
        // Those of the dialog, of our own question, and the duplicate: the retry is not among them.
        #expect(fixture.created.count == 3)
    }

    @Test func `a broken event, Alexa's or HTTP's, never breaks the one after it`() async throws {
        let fixture = try await CRMFixture()
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).sorted()
            .filter { !["expected.json", "env.json"].contains($0) }
        for file in files {
            let event = Array(try Data(contentsOf: Self.folder.appending(path: file)))
            for place in stride(from: 0, to: event.count, by: max(1, event.count / 40)) {
                for piece in [[], [0x22], Array("null".utf8), [0xFF], Array("[[".utf8)] {
                    var broken = event
                    broken.replaceSubrange(place..<min(place + 3, event.count), with: piece)
                    _ = try? await fixture.invoke(broken)
                }
            }
            #expect(try await fixture.say("AMAZON.StopIntent").ssml == CRMSentence.goodbye.ssml(), "\(file)")
        }
    }

    private func output(of event: [UInt8], _ fixture: CRMFixture) async throws -> JSONValue {
        do {
            return try await fixture.invoke(event)
        } catch let error as FunctionError {
            return ["errorType": .string(error.errorType), "errorMessage": .string(error.description)]
        }
    }

    private static func difference(_ came: JSONValue?, _ wanted: JSONValue) -> String? {
        switch wanted {
        case "*": came?.string?.isEmpty == false ? nil : "nothing came"
        case .object(let members) where members.isEmpty: came == wanted ? nil : "\(came?.text ?? "nothing") came"
        case .object(let members):
            members.sorted { $0.key < $1.key }.lazy.compactMap { name, value in
                difference(came?[name], value).map { "\(name): \($0)" }
            }.first
        default: came == wanted ? nil : "\(came?.text ?? "nothing") came, not \(wanted.text)"
        }
    }
}
