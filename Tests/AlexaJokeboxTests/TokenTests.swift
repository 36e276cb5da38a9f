import Foundation
import JSON
import TestSupport
import Testing

@testable import AlexaJokebox

@Suite struct TokenTests {
    private static let odd = [
        "a b+c%20:?#&=.mp3", "e\u{301}.mp3", "\u{e9}.mp3", "//x/../y.mp3", "k5:1.mp3", "\u{1}\n\".mp3", "👩‍👩‍👧.mp3",
    ]

    @Test func `what a token says comes back, whatever the keys`() throws {
        for (number, key) in Self.odd.enumerated() {
            let token = PlayToken(
                item: .key(key), modes: PlayModes(loop: number % 2 == 0, shuffle: number % 3 == 0),
                failures: number % 4, history: Self.odd.map(AudioReference.key))
            let read = try #require(PlayToken(parsing: token.text(RandomSource())))
            #expect(read.item.isSame(as: .key(key)) && read.modes == token.modes && read.failures == token.failures)
            #expect(read.history.map { Array(($0.key ?? "").utf8) } == Self.odd.map { Array($0.utf8) })
        }
    }

    @Test(arguments: [1, 100, 500, 900, 960, 985, 1000, 1004, 1005, 1020, 1024])
    func `a token has at most 1,024 characters, and names the item and one before it`(_ length: Int) throws {
        for letter in ["a", "é", "😀"] {
            let key = String(repeating: letter, count: (length / letter.utf8.count)) + ".mp3"
            guard key.utf8.count <= 1024, length > 8 else { continue }
            let history = (1...20).map { AudioReference.key("\($0)" + key.dropFirst(2)) }
            let token = PlayToken(item: .key(key), history: history).text(RandomSource())
            #expect(token.utf16.count <= 1024)
            let read = try #require(PlayToken(parsing: token))
            #expect(read.item.isSame(as: .key(key)))
            // By its key if there is room for it, beside the hash of the one before.
            #expect((read.item.key != nil) == (56 + key.utf16.count <= 1024))
            #expect(read.history.first?.isSame(as: history[0]) == true)
            #expect(read.history.count <= PlayToken.longestHistory)
            let alone = try #require(PlayToken(parsing: PlayToken(item: .key(key)).text(RandomSource())))
            #expect((alone.item.key != nil) == (20 + key.utf16.count <= 1024))
        }
    }

    @Test func `two ways to write an accent are two keys`() {
        #expect(!AudioReference.key("e\u{301}").isSame(as: .key("\u{e9}")))
        #expect(AudioReference.hash(AudioReference.hash(of: "x")).isSame(as: .key("x")))
    }

    @Test func `no prefix of a token is one, and no other byte at its end`() {
        let token = PlayToken(item: .key("1.mp3"), history: [.key("2.mp3")]).text(RandomSource())
        for length in 0..<token.count where length != token.count - "k5:2.mp3".count {
            #expect(PlayToken(parsing: String(token.prefix(length))) == nil)
        }
        #expect(PlayToken(parsing: token + "x") == nil)
    }

    @Test func `a key too long for a token is found again by its hash, in a new process`() async throws {
        let long = (1...3).map { String(repeating: "\($0)", count: 1020) + ".mp3" }
        let fixture = try JokeboxFixture(long)
        var answer = try await fixture.launch()
        let first = try #require(answer.key)
        answer = try await fixture.say("AMAZON.NextIntent", .init(answer.token))
        #expect(answer.key != first && answer.token.count <= 1024)
        try fixture.restart()
        let resumed = try await fixture.say("AMAZON.ResumeIntent", .init(answer.token, offset: 9, "PAUSED"))
        #expect(resumed.key == answer.key && resumed.offset == 9)
        #expect(try await fixture.say("AMAZON.PreviousIntent", .init(resumed.token)).key == first)
        // A deleted object does not count.
        fixture.s3.fill([("other.mp3", 1)])
        try fixture.restart()
        let gone = try await fixture.say("AMAZON.ResumeIntent", .init(answer.token, "PAUSED"))
        #expect(gone.ssml == JokeboxSentence.nothingToPlay.ssml() && gone.directive == nil)
    }
}
