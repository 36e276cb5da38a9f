import JSON
import TestSupport
import Testing
import VoiceIt

@testable import LocalServices

/// Recordings in Twilio's form, and the speech in them.
@Suite struct RecordVerbTests {
    private static func verb(_ attributes: [String: String]) throws -> RecordVerb {
        try #require(RecordVerb(attributes))
    }

    private static func turn(
        lead: Int = 700, _ ending: SpokenTurn.Ending = .silence, voice: String? = "caller"
    ) -> SpokenTurn {
        var turn = SpokenTurn(LocalRecording(voice: voice))
        (turn.lead, turn.ending, turn.reaction) = (lead, ending, 500)
        return turn
    }

    @Test(arguments: [110, 130, 150, 175]) func `the phrase lasts as long as people take for it`(speed: Int) throws {
        let count = SynthesizedSpeech.samples(of: SynthesizedSpeech.defaultPhrase, wordsPerMinute: speed).count
        #expect((1700...3300).contains(count * 1000 / SynthesizedSpeech.samplesPerSecond), "\(count / 8) ms")
        #expect(count == SynthesizedSpeech.samples(of: SynthesizedSpeech.defaultPhrase, wordsPerMinute: speed).count)
        #expect(
            count > SynthesizedSpeech.samples(of: SynthesizedSpeech.defaultPhrase, wordsPerMinute: speed + 25).count)
    }

    @Test func `a recording lasts until the silence is long enough, or until its end`() throws {
        let words = Self.turn().wordsLast
        let long = ["maxLength": "30", "timeout": "3", "trim": "do-not-trim"]
        let overrun = RecordVerb.overrun
        for (attributes, turn, milliseconds) in [
            (long, Self.turn(), 700 + words + 3000), (long, Self.turn(lead: 2900), 2900 + words + 3000),
            (long, Self.turn(lead: 3000), 3000), (long, Self.turn(voice: nil), 3000),
            (["maxLength": "5", "trim": "do-not-trim"], Self.turn(), 5000 + overrun),
            (["maxLength": "5", "trim": "do-not-trim"], Self.turn(voice: nil), 5000),
            ([:], Self.turn(), words), ([:], Self.turn(voice: nil), 0),
            (["maxLength": "2"], Self.turn(), 2000 + overrun - 700),
        ] {
            let recorded = try Self.verb(attributes).record(turn, take: "1")
            #expect((milliseconds - 1...milliseconds).contains(recorded.milliseconds), "\(attributes) \(turn)")
            #expect(recorded.seconds == (milliseconds + 500) / 1000)
            #expect(recorded.digits.isEmpty)
        }
    }

    @Test func `a key that ends it, and a hang-up, are told, if they come before its end`() throws {
        let verb = try Self.verb(["maxLength": "5", "trim": "do-not-trim"])
        let end = 700 + Self.turn().wordsLast + 500
        for (ending, digits) in [(SpokenTurn.Ending.hangUp, "hangup"), (.key("#"), "#"), (.key("7"), "7")] {
            let recorded = verb.record(Self.turn(ending), take: "1")
            #expect(recorded.digits == digits)
            #expect((end - 1...end).contains(recorded.milliseconds))
            #expect(verb.record(Self.turn(lead: 4000, ending), take: "1").digits.isEmpty)
        }
        let other = try Self.verb(["maxLength": "5", "finishOnKey": "#"])
        #expect(other.record(Self.turn(.key("7")), take: "1").digits.isEmpty)
    }

    @Test(arguments: [
        ["timeout": "0"], ["timeout": "x"], ["maxLength": "1"], ["maxLength": "5s"], ["finishOnKey": "a"],
        ["trim": "true"],
    ])
    func `a value that Twilio does not take is none`(attributes: [String: String]) {
        #expect(RecordVerb(attributes) == nil)
    }

    @Test func `the file is Twilio's, and marks survive its cut`() throws {
        let recording = LocalRecording(voice: "a b", phrase: "für immer", code: "SUCC")
        let audio = RecordVerb.fiveSeconds.record(SpokenTurn(recording), take: "1").audio
        let file = try #require(WaveFile(audio))
        let cut = file.cut(to: 4900)
        for (bytes, frames) in [(audio, (5000 + RecordVerb.overrun) * 8), (cut, 39_200)] {
            let digits = Array("0123456789abcdef".utf8)
            let text = String(
                decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
            let answers = try PythonOracle.answers(of: "wave_oracle.py", to: [.object(["file": .string(text)])])
            #expect(answers[0].hasPrefix("1 16 8000 \(frames) "), "\(answers)")
            #expect(LocalRecording(bytes) == recording)
        }
    }

    @Test func `a file that is said is recorded as it is, up to the longest recording`() throws {
        let samples = (0..<24_000).map { $0 % 8 < 4 ? Int16(3000) : -3000 }
        let file = LocalRecording(voice: nil).wave(samples)
        let recorded = RecordVerb.fiveSeconds.record(try #require(SpokenTurn(file: file)), take: "1")
        #expect(recorded.audio == file && recorded.milliseconds == 3000 && recorded.digits.isEmpty)
        let long = LocalRecording(voice: nil).wave(samples + samples)
        let cut = RecordVerb.fiveSeconds.record(try #require(SpokenTurn(file: long)), take: "1")
        #expect(cut.milliseconds == 5000)
        #expect(SpokenTurn(file: Array("RIFF and no more".utf8)) == nil)
        #expect(SpokenTurn(file: []) == nil)
    }

    /// Two channels, samples of 8, 24 and 32 bits: a telephone's recording has one channel of 16 bits.
    @Test(arguments: [
        (1, 8, [0x80, 0xFF, 0x00], [0, 32_512, -32_768]), (2, 16, [0x00, 0x10, 0x00, 0x30], [0x2000]),
        (1, 24, [0xFF, 0x34, 0x12], [0x1234]), (1, 32, [0xFF, 0xFF, 0x34, 0x92], [-0x6DCC]),
    ])
    func `a file of other samples is said in a telephone's form`(
        channels: Int, bits: Int, data: [UInt8], samples: [Int]
    ) throws {
        func little(_ value: Int, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(value >> ($0 * 8) & 255) } }
        let frame = channels * bits / 8
        let format =
            little(1, 2) + little(channels, 2) + little(44_100, 4) + little(44_100 * frame, 4) + little(frame, 2)
            + little(bits, 2)
        let body = Array("WAVEfmt ".utf8) + little(16, 4) + format + Array("data".utf8) + little(data.count, 4) + data
        let wave = try #require(TelephoneSound.file(Array("RIFF".utf8) + little(body.count, 4) + body))
        #expect(wave.channels == 1 && wave.bitsPerSample == 16 && wave.framesPerSecond == 44_100)
        let heard = wave.samples.lowerBound..<(wave.samples.lowerBound + 2 * samples.count)
        #expect(Array(wave.bytes[heard]) == samples.flatMap { little($0, 2) })
    }

    @Test func `two takes are never alike, and one take always is`() {
        let takes = (0..<300).map { Self.turn().audio(until: 100, take: "RE\($0)") }
        #expect(Set(takes).count == 300)
        #expect(Self.turn().audio(until: 100, take: "RE1") == takes[1])
    }

    @Test func `speech is told from silence, and a long pause from a short one`() throws {
        func longest(_ samples: [Int16]) throws -> Int {
            let wave = try #require(WaveFile(LocalRecording().wave(samples)))
            return try #require(VoiceActivity(wave)).longest
        }
        let silence = try #require(WaveFile(Self.turn(voice: nil).audio(until: 5000, take: "1")))
        #expect(VoiceActivity(silence)?.longest == 0)
        let spoken = try #require(WaveFile(Self.turn().audio(until: 5000, take: "1")))
        let words = Self.turn().wordsLast
        let heard = try #require(VoiceActivity(spoken)?.longest)
        #expect((words - 150...words + 50).contains(heard))
        let tone = (0..<8000).map { $0 % 8 < 4 ? Int16(3000) : -3000 }
        func pause(_ milliseconds: Int) -> [Int16] { [Int16](repeating: 0, count: milliseconds * 8) }
        #expect(try longest(tone + pause(400) + tone) == 2400)
        #expect(try longest(tone + pause(600) + tone) == 1000)
    }
}
