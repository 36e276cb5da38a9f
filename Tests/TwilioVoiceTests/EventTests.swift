import Foundation
import HTTPEvents
import JSON
import LambdaRuntime
import LocalServices
import Settings
import TestSupport
import Testing

@testable import TwilioVoice

/// The events of `events/TwilioVoice`, one after the other like in `switchboard demo`.
@Suite(.takingTurns) struct EventTests {
    private static var folder: URL { TestProcess.root.appending(path: "events/TwilioVoice") }

    private static func json(_ name: String) throws -> JSONValue {
        try JSONValue(parsing: Array(Data(contentsOf: folder.appending(path: name))))
    }

    @Test func `the events bring what their expectations say`() async throws {
        var seeds = Moto.Seeds(tables: ["switchboard-voice"])
        seeds.items = try Self.json("items.json").object?.mapValues { $0.array ?? [] } ?? [:]
        try await Moto.withRunningForTests(seeds: seeds) { moto in
            var variables = try EventFixture.environment(of: "TwilioVoice")
            var media = TwilioMediaDouble.Configuration()
            media.accountSID = try #require(variables["TWILIO_ACCOUNT_SID"])
            media.authToken = try #require(variables["TWILIO_AUTH_TOKEN"])
            try await VoiceItDouble.withRunning { voiceIt in
                await voiceIt.account.addLocalUsers()
                try await TwilioMediaDouble.withRunning(media) { twilio in
                    variables.merge(moto.environment.merging(voiceIt.environment) { $1 }) { $1 }
                    for name in ["TWILIO_MEDIA_HOSTS", "TWILIO_API_BASE_URL"] { variables[name] = twilio.url }
                    let function = try await TwilioVoice(environment: Environment(variables))
                    for fixture in try EventFixture.all(of: "TwilioVoice") {
                        try await fixture.check { event in
                            let response = try await Self.response(of: function, to: event)
                            let body = try JSONValue(parsing: response)["body"]?.string ?? ""
                            if body.hasPrefix("<") { _ = try CallDocument(body) }
                            return response
                        }
                    }
                    #expect(await twilio.recordings.deleted.count == 11)
                }
            }
        }
    }

    @Test func `the signatures are those that Twilio's library computes`() throws {
        let variables = try EventFixture.environment(of: "TwilioVoice")
        let (base, token) = (variables["TWILIO_PUBLIC_BASE_URL"] ?? "", variables["TWILIO_AUTH_TOKEN"] ?? "")
        var cases: [JSONValue] = []
        var wanted: [String] = []
        for fixture in try EventFixture.all(of: "TwilioVoice") {
            guard let event = try? HTTPEvent(parsing: Array(fixture.event)),
                let signature = event.headers["X-Twilio-Signature"]
            else { continue }
            let path = event.path.hasPrefix("/prod/") ? String(event.path.dropFirst(5)) : event.path
            let query = event.rawQuery.isEmpty ? "" : "?\(event.rawQuery)"
            var json: [String: JSONValue] = [
                "kind": "validate", "token": .string(token), "url": .string(base + path + query),
                "signature": .string(signature),
            ]
            if let parameters = event.formParameters {
                json["parameters"] = TwilioOracle.pairs(parameters)
            } else {
                json["body"] = .string(String(decoding: event.body, as: UTF8.self))
            }
            cases.append(.object(json))
            let isRefused = ["27-wrong-signature", "29-json-body-of-another-digest"].contains(fixture.name)
            wanted.append(isRefused ? "false" : "true")
        }
        #expect(cases.count >= 10)
        #expect(try TwilioOracle.answers(cases) == wanted)
    }

    private static func response(of function: TwilioVoice, to event: Data) async throws -> [UInt8] {
        let context = LambdaContext(
            requestID: "r", deadline: .now + .seconds(20), logging: LogConfiguration { _ in })
        return try await JSONText.encode(function.handle(HTTPEvent(parsing: Array(event)), context: context))
    }
}
