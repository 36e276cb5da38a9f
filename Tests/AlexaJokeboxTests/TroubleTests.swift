import Foundation
import JSON
import LambdaRuntime
import Settings
import TestSupport
import Testing

@testable import AlexaJokebox

@Suite(.takingTurns) struct TroubleTests {
    private typealias Device = JokeboxFixture.Device
    private static let keys = (1...5).map { "\($0).mp3" }

    @Test(arguments: [
        (404, "NoSuchBucket", JokeboxSentence.bucketMissing, "AudioBucketMissing"),
        (403, "AccessDenied", .refused, "AudioAccessRefused"), (400, "ExpiredToken", .refused, "AudioAccessRefused"),
        (403, "InvalidAccessKeyId", .refused, "AudioAccessRefused"),
        (301, "PermanentRedirect", .refused, "AudioAccessRefused"),
        (503, "SlowDown", .down, "AudioStoreUnavailable"), (500, "InternalError", .down, "AudioStoreUnavailable"),
    ])
    func `S3's refusals are a sentence to whoever listens, silence to a device, and one typed line`(
        _ status: Int, _ code: String, _ sentence: JokeboxSentence, _ type: String
    ) async throws {
        let fixture = try JokeboxFixture(Self.keys)
        fixture.s3.behave { _ in .refuse(status: status, code: code) }
        let token = PlayToken(item: .key("1.mp3"), modes: PlayModes(loop: true)).text(RandomSource())
        for locale in ["en-US", "es-ES"] {
            let answer = try await fixture.launch(locale: locale)
            #expect(answer.ssml == sentence.ssml(locale) && answer.response["shouldEndSession"] == true)
            #expect(answer.directive == nil)
        }
        #expect(fixture.log.count == 2 && fixture.log.allSatisfy { $0.contains(type) && $0.contains(code) })
        for answer in [
            try await fixture.press("Next", Device(token)), try await fixture.report("PlaybackNearlyFinished", token),
        ] { #expect(answer.isEmptyAnswer) }
        #expect(fixture.log.count == 4 && fixture.log.allSatisfy { $0.contains(" WARN ") })
        #expect(!fixture.log.joined().contains("secret"))
    }

    @Test func `what plays by a hash while S3 refuses is no reason to say that nothing plays`() async throws {
        let fixture = try JokeboxFixture(Self.keys)
        fixture.s3.behave { _ in .refuse(status: 403, code: "AccessDenied") }
        let token = PlayToken(item: .hash(AudioReference.hash(of: "1.mp3"))).text(RandomSource())
        for intent in ["AMAZON.LoopOnIntent", "AMAZON.ResumeIntent", "AMAZON.RepeatIntent"] {
            #expect(try await fixture.say(intent, Device(token)).ssml == JokeboxSentence.refused.ssml(), "\(intent)")
        }
        #expect(fixture.log.count == 3 && fixture.log.allSatisfy { $0.contains("AudioAccessRefused") })
    }

    @Test func `nothing playable is a sentence, and is looked for again`() async throws {
        let fixture = try JokeboxFixture([])
        #expect(try await fixture.launch().ssml == JokeboxSentence.empty.ssml())
        fixture.s3.fill([("a/", 0), ("a.mp3/", 0), ("notes.txt", 5), ("mp3", 5)])
        #expect(try await fixture.say("AMAZON.NextIntent", locale: "de-DE").ssml == JokeboxSentence.empty.ssml("de-DE"))
        #expect(fixture.log.count == 2 && fixture.log.allSatisfy { $0.contains("AudioBucketEmpty") })
        fixture.s3.fill([("a/", 0), ("A.MP3", 1), ("notes.txt", 5)])
        #expect(try await fixture.launch().key == "A.MP3")
    }

    @Test func `a listing that hangs is answered in time, and so is one beside a table that hangs`() async throws {
        for table in [false, true] {
            let fixture = try JokeboxFixture(Self.keys, table: table)
            fixture.s3.behave { _ in .hang }
            fixture.aws.behave { _, _ in .hang }
            let start = ContinuousClock.now
            let answer = try await fixture.launch()
            #expect(.now - start < .seconds(6.6))
            #expect(answer.ssml == JokeboxSentence.slow.ssml())
            #expect(fixture.log.filter { $0.contains("AudioStoreSlow") }.count == 1)
            #expect(fixture.log.count == (table ? 2 : 1))
            #expect(try await fixture.say("AMAZON.StopIntent", isNew: false).ssml == JokeboxSentence.stopping.ssml())
        }
    }

    @Test func `with little time left it still answers`() async throws {
        let fixture = try JokeboxFixture(Self.keys)
        fixture.s3.behave { _ in .hang }
        let start = ContinuousClock.now
        let event = JokeboxFixture.event(["type": "LaunchRequest"], nil)
        #expect(try await fixture.invoke(event, seconds: 1.5).ssml == JokeboxSentence.slow.ssml())
        #expect(.now - start < .seconds(1.5))
    }

    @Test func `another skill's request fails, and broken events never break the next`() async throws {
        let fixture = try JokeboxFixture(Self.keys)
        var event = JokeboxFixture.event(["type": "LaunchRequest"], nil).text
        event = event.replacingOccurrences(of: JokeboxFixture.skillID, with: "another")
        await #expect { _ = try await fixture.invoke(Array(event.utf8)) } throws: {
            ($0 as? FunctionError)?.errorType == "Function.SkillIdMismatch"
        }
        let whole = JokeboxFixture.event(
            ["type": "AudioPlayer.PlaybackFailed", "token": "t"], Device("t", offset: 5)
        ).bytes
        for place in stride(from: 0, to: whole.count, by: 7) {
            for piece in [[], [0x22], Array("null".utf8), [0xFF], Array("[[".utf8)] {
                var broken = whole
                broken.replaceSubrange(place..<min(place + 3, whole.count), with: piece)
                _ = try? await fixture.invoke(broken)
            }
        }
        #expect(try await fixture.launch().key != nil)
        #expect(!fixture.log.joined().contains("SECRET"))
    }

    @Test func `over HTTP the same is answered, and what is not verified is refused`() async throws {
        for (verify, status) in [("false", 200), ("true", 400)] {
            let fixture = try JokeboxFixture(Self.keys, ["ASK_VERIFY_REQUESTS": verify])
            let body = JokeboxFixture.event(["type": "LaunchRequest"], nil).text
            let answer = try await fixture.invoke([
                "version": "2.0", "rawPath": "/any", "headers": ["content-type": "application/json"],
                "body": .string(body), "requestContext": ["http": ["method": "POST", "path": "/any"]],
            ])
            #expect(answer["statusCode"]?.int == status)
            if status == 200 {
                let inner = try JSONValue(parsing: Array((answer["body"]?.string ?? "").utf8))
                #expect(inner.key.map(Self.keys.contains) == true)
            }
            #expect(fixture.s3.queries.count == (status == 200 ? 1 : 0))
        }
    }

    @Test func `faults of the environment are all named`() async throws {
        do {
            _ = try await AlexaJokebox(
                environment: Environment([
                    "AUDIO_URL_SECONDS": "0", "AUDIO_INDEX_SECONDS": "-1", "AUDIO_EXTENSIONS": ".,/",
                    "AWS_ENDPOINT_URL_S3": "ftp://x",
                ]))
            Issue.record("it started")
        } catch let error as EnvironmentError {
            for name in [
                "ALEXA_SKILL_ID", "AUDIO_BUCKET", "AUDIO_URL_SECONDS", "AUDIO_INDEX_SECONDS", "AUDIO_EXTENSIONS",
                "AWS_REGION", "AWS_ENDPOINT_URL_S3",
            ] { #expect(error.description.contains(name)) }
        }
    }

    @Test func `URLs live as long as is set, an hour otherwise, and extensions are as set`() async throws {
        let fixture = try JokeboxFixture(Self.keys)
        #expect(try await fixture.launch().stream?["url"]?.string?.contains("X-Amz-Expires=3600&") == true)
        let other = try JokeboxFixture(
            Self.keys + ["x.MP4"], ["AUDIO_URL_SECONDS": "43200", "AUDIO_EXTENSIONS": " mp4 ,.PLS,"])
        let answer = try await other.launch()
        #expect(answer.key == "x.MP4")
        #expect(answer.stream?["url"]?.string?.contains("X-Amz-Expires=43200&") == true)
    }

    @Test func `what the player does not play, and a life that no role's URL has, are faults`() {
        for (name, value) in [
            ("AUDIO_EXTENSIONS", ".mp3,.wav"), ("AUDIO_EXTENSIONS", "ogg"), ("AUDIO_EXTENSIONS", ".flac"),
            ("AUDIO_EXTENSIONS", ","), ("AUDIO_URL_SECONDS", "43201"), ("AUDIO_URL_SECONDS", "0"),
        ] {
            #expect {
                try JokeboxFixture(Self.keys, [name: value])
            } throws: {
                "\($0)".contains(name)
            }
        }
        #expect(throws: Never.self) {
            try JokeboxFixture(Self.keys, ["AUDIO_EXTENSIONS": ".mp3,.m4a,.MP4,.aac,.m3u,.m3u8,pls"])
        }
    }
}
