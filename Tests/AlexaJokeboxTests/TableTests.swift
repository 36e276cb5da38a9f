import AWS
import AlexaEndpoint
import Foundation
import JSON
import Settings
import TestSupport
import Testing

@testable import AlexaJokebox

@Suite(.takingTurns) struct TableTests {
    private typealias Device = JokeboxFixture.Device
    private static let keys = (1...5).map { "\($0).mp3" }
    private static let user = "amzn1.ask.account.SECRETUSER"

    @Test func `loop, shuffle and history are kept in the SDK's item, beside what others keep there`() async throws {
        let fixture = try JokeboxFixture(Self.keys, table: true)
        let other: [String: DynamoDBValue] = [
            "tags": DynamoDBValue(SS: ["a", "b"]), "name": DynamoDBValue(S: ""),
            "deep": DynamoDBValue(M: ["n": DynamoDBValue(N: "1.50"), "l": DynamoDBValue(L: [])]),
        ]
        fixture.aws.put(["id": DynamoDBValue(S: Self.user), "attributes": DynamoDBValue(M: other)])
        let first = try await fixture.launch()
        let looping = try await fixture.say("AMAZON.LoopOnIntent", Device(first.token))
        #expect(looping.ssml == JokeboxSentence.loopOn.ssml() && looping.directive == nil)
        _ = try await fixture.say("AMAZON.ShuffleOffIntent")
        let second = try await fixture.say("AMAZON.NextIntent", Device(first.token))
        let item = try #require(fixture.aws.items.first)
        #expect(fixture.aws.items.count == 1 && item.keys.sorted() == ["attributes", "id"])
        let attributes = try #require(item["attributes"]?.M)
        #expect(attributes.filter { other[$0.key] != nil } == other)
        #expect(attributes["loop"]?.BOOL == true && attributes["shuffle"]?.BOOL == false)
        #expect(attributes["history"]?.L?.compactMap(\.S) == [try #require(first.key)])
        // In a new process, on a device without state.
        try fixture.restart()
        let place = try #require(Self.keys.firstIndex(of: first.key ?? ""))
        #expect(second.key == Self.keys[(place + 1) % 5])
        _ = try await fixture.say("AMAZON.ShuffleOnIntent")
        #expect(try await fixture.say("AMAZON.PreviousIntent", Device(nil)).key == first.key)
        let next = try await fixture.report("PlaybackNearlyFinished", "of a lost time")
        #expect(next.stream?["expectedPreviousToken"] == "of a lost time")
    }

    @Test func `a loop that begins after the device has asked for the next item enqueues it at once`() async throws {
        let fixture = try JokeboxFixture(Self.keys, table: true)
        let tags = DynamoDBValue(SS: ["a", "b"])
        fixture.aws.put(["id": DynamoDBValue(S: Self.user), "attributes": DynamoDBValue(M: ["tags": tags])])
        let played = try await fixture.launch()
        let (token, device) = (played.token, Device(played.token))
        #expect(try await fixture.say("AMAZON.LoopOnIntent", device).directive == nil, "the device will ask")
        _ = try await fixture.say("AMAZON.LoopOffIntent", device)
        #expect(try await fixture.report("PlaybackNearlyFinished", token).isEmptyAnswer)
        try fixture.restart()
        // While it listens a device reports that it has stopped.
        for device in [device, Device(token, "STOPPED")] {
            let looping = try await fixture.say("AMAZON.LoopOnIntent", device)
            #expect(looping.ssml == JokeboxSentence.loopOn.ssml() && looping.response["shouldEndSession"] == true)
            #expect(looping.directive?["playBehavior"] == "ENQUEUE" && looping.offset == 0)
            #expect(looping.stream?["expectedPreviousToken"]?.string == token && looping.token != token)
            #expect(looping.key != nil && looping.key != played.key)
            #expect(try await fixture.say("AMAZON.LoopOnIntent", device).directive == nil, "it is enqueued already")
            let kept = try #require(fixture.aws.items.first?["attributes"]?.M)
            #expect(kept["loop"]?.BOOL == true && kept["tags"] == tags)
            #expect(kept["history"]?.L?.compactMap(\.S) == [try #require(played.key)])
            let off = try await fixture.say("AMAZON.LoopOffIntent", device)
            #expect(off.directive?["clearBehavior"] == "CLEAR_ENQUEUED")
        }
        for other in [Device(token, "FINISHED"), Device("of another stream")] {
            #expect(try await fixture.say("AMAZON.LoopOnIntent", other).directive == nil)
            _ = try await fixture.say("AMAZON.LoopOffIntent", other)
        }
    }

    @Test func `the history is bounded, and the same item twice in a row is heard once`() async throws {
        let fixture = try JokeboxFixture(Self.keys, table: true)
        var answer = try await fixture.launch()
        for _ in 1...30 { answer = try await fixture.say("AMAZON.NextIntent", Device(answer.token)) }
        for _ in 1...3 { _ = try await fixture.say("TellMeAJokeIntent", Device(answer.token)) }
        let history = fixture.aws.items.first?["attributes"]?.M?["history"]?.L?.compactMap(\.S) ?? []
        #expect(
            history.count == PlaybackState.longestHistory && zip(history, history.dropFirst()).allSatisfy { $0 != $1 })
        #expect(history.last == answer.key)
    }

    @Test(arguments: [("ProvisionedThroughputExceededException", 400), ("ResourceNotFoundException", 400)])
    func `a table that fails means the defaults and a line, and nothing is written over`(
        _ code: String, _ status: Int
    ) async throws {
        let fixture = try JokeboxFixture(Self.keys, table: true)
        _ = try await fixture.say("AMAZON.LoopOnIntent")
        fixture.aws.behave { _, _ in .refuse(status: status, code: code) }
        let answer = try await fixture.launch()
        #expect(answer.key != nil && answer.ssml == JokeboxSentence.welcome.ssml())
        #expect(try await fixture.report("PlaybackNearlyFinished", answer.token).isEmptyAnswer)
        #expect(fixture.log.count == 2 && fixture.log.allSatisfy { $0.contains("JOKEBOX_TABLE") && $0.contains(code) })
        #expect(fixture.aws.bodies(of: .putItem).count == 1 && !fixture.log.joined().contains("SECRET"))
    }

    @Test func `a listener is told when loop or shuffle is not kept`() async throws {
        let fixture = try JokeboxFixture(Self.keys, table: true)
        let played = try await fixture.launch()
        for operation in [AWSDouble.Operation.getItem, .putItem] {
            fixture.aws.behave { came, _ in
                came == operation ? .refuse(status: 400, code: "AccessDeniedException") : .normal
            }
            let logged = fixture.log.count
            let answer = try await fixture.say("AMAZON.LoopOnIntent", Device(played.token), locale: "de-DE")
            #expect(answer.ssml == JokeboxSentence.notKept.ssml("de-DE") && answer.directive == nil)
            #expect(fixture.log.count == logged + 1 && fixture.log.last?.contains("AccessDeniedException") == true)
        }
    }

    @Test func `without a user the token carries what is needed`() async throws {
        let fixture = try JokeboxFixture(Self.keys, table: true)
        let played = try await fixture.launch()
        let looping = try await fixture.say("AMAZON.LoopOnIntent", Device(played.token, offset: 3), user: nil)
        #expect(looping.key == played.key && looping.offset == 3)
    }

    @Test func `attributes come back as they went, sets and binaries of other writers as they were`() async throws {
        let fixture = try AWSDouble()
        let configuration = try Environment(fixture.environment).read(AWSConfiguration.variable)
        let table = AttributeTable(
            name: "switchboard-idempotency", client: DynamoDBClient(AWSClient(configuration: configuration)))
        let attributes: [String: JSONValue] = [
            "text": "x", "empty": "", "number": .number("1.50"), "flag": true, "list": [1, ["a": []]],
            "map": ["deep": ["er": false]],
        ]
        let deadline = ContinuousClock.now + .seconds(5)
        #expect(try await table.attributes(of: "u", deadline: deadline) == [:])
        try await table.save(attributes, of: "u", deadline: deadline)
        #expect(try await table.attributes(of: "u", deadline: deadline) == attributes)
        #expect(
            JSONValue(
                .map(["s": .stringSet(["a"]), "n": .numberSet(["1", "2.5"]), "b": .binary([0, 1]), "x": .null]))
                == ["s": ["a"], "n": [1, .number("2.5")], "b": "AAE=", "x": .null])
    }
}
