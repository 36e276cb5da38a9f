import JSON
import LocalServices
import Testing

@testable import switchboard

/// The device's player by itself.
struct AudioPlayerTests {
    static func item(_ token: String, seconds: Int, offset: Int = 0) throws -> AudioPlayer.Item {
        let play = SampleSkill.play(token, offset: offset)
        return .init(
            stream: try PlayedStream(JSONValue(parsing: Array(play.utf8))),
            clip: AudioClip(Tone(hertz: 440, seconds: seconds).mp3))
    }

    @Test func `time takes a stream near its end, then to its end, each told once`() throws {
        var player = AudioPlayer()
        player.nearlyFinished = .end
        #expect(player.context == ["playerActivity": "IDLE", "offsetInMilliseconds": 0])
        player.play(try Self.item("a", seconds: 10, offset: 500))
        var time = 7000
        #expect(player.advance(&time) == nil && time == 0 && player.offset == 7500)
        time = 5000
        #expect(player.advance(&time) == .nearlyFinished && time == 4500 && player.offset == 8000)
        #expect(player.activity == .playing)
        #expect(player.advance(&time) == .finished && time == 2500)
        #expect(player.context == ["playerActivity": "FINISHED", "offsetInMilliseconds": 10000, "token": "a"])
        #expect(player.advance(&time) == nil && time == 0)
    }

    @Test(arguments: [NearlyFinished.start, .end, .finished])
    func `a device asks for the next stream at its start, near its end, or leaves that until it has finished`(
        _ nearlyFinished: NearlyFinished
    ) throws {
        var player = AudioPlayer()
        player.nearlyFinished = nearlyFinished
        player.play(try Self.item("a", seconds: 10, offset: 1000))
        var time = 60_000
        switch nearlyFinished {
        case .start: #expect(player.advance(&time) == .nearlyFinished && player.offset == 1200)
        case .end: #expect(player.advance(&time) == .nearlyFinished && player.offset == 8000)
        case .finished: break
        }
        #expect(player.advance(&time) == .finished && player.offset == 10_000 && time == 51_000)
        // A stream that is shorter than that requests the next one nevertheless.
        player.play(try Self.item("b", seconds: 1, offset: 950))
        time = 1000
        #expect(player.advance(&time) == (nearlyFinished == .finished ? .finished : .nearlyFinished))
        #expect(player.offset <= 1000)
    }

    @Test func `a short stream has nearly finished as soon as it plays`() throws {
        var player = AudioPlayer()
        player.nearlyFinished = .end
        player.play(try Self.item("a", seconds: 1))
        var time = 0
        #expect(player.advance(&time) == .nearlyFinished && player.offset == 0)
        #expect(player.advance(&time) == nil)
        player.play(try Self.item("a", seconds: 1, offset: 9000))
        #expect(player.advance(&time) == .nearlyFinished && player.advance(&time) == .finished && player.offset == 9000)
    }

    @Test func `what is paused, stopped or without data does not advance`() throws {
        var player = AudioPlayer()
        player.play(try Self.item("a", seconds: 10))
        var time = 1000
        player.stall()
        #expect(player.activity == .bufferUnderrun && player.isPlaying)
        #expect(player.advance(&time) == nil && time == 0 && player.offset == 0)
        player.stall()
        player.pause()
        #expect(player.activity == .paused && !player.isPlaying)
        #expect(player.context["playerActivity"] == "STOPPED", "as devices report it while they listen")
        time = 1000
        #expect(player.advance(&time) == nil && player.offset == 0)
        player.resume()
        #expect(player.activity == .playing)
        player.stop()
        player.resume()
        player.stall()
        #expect(player.activity == .stopped)
    }

    @Test func `the length of a clip is its size at 128 kbit a second, as that of a tone is`() {
        let tone = Tone(hertz: 440, seconds: 3).mp3
        #expect(AudioClip(tone).duration == 3000 && tone.count == 48_000)
        #expect(AudioClip([UInt8](repeating: 0, count: 16_000)).duration == 1000)
        #expect(AudioClip([]).duration == 1)
    }

    @Test func `a tone is an ID3 tag, then frames of 24 ms one behind the other`() {
        for (hertz, seconds) in [(250, 10), (700, 1), (0, 3)] {
            let tone = Tone(hertz: hertz, seconds: seconds).mp3
            #expect(tone.starts(with: Array("ID3".utf8) + [3, 0, 0, 0, 0]))
            var place = 10 + Int(tone[8]) << 7 + Int(tone[9])
            let frames = (tone.count - place) / 384
            #expect((tone.count - place) % 384 == 0 && frames == (seconds * 16_000 - 10) / 384)
            while place < tone.count {
                #expect(Array(tone[place..<place + 4]) == [0xFF, 0xFB, 0x94, 0xC0])
                place += 384
            }
        }
        #expect(Tone(hertz: 250, seconds: 1).mp3 != Tone(hertz: 292, seconds: 1).mp3)
        #expect(AudioClip.isUnplayable(Array("RIFF".utf8)) && !AudioClip.isUnplayable(Tone(hertz: 9, seconds: 1).mp3))
    }

    @Test(arguments: [
        ("/wait 10s", DeviceCommand.wait(10_000)), ("/wait 500ms", .wait(500)), ("/wait 1.5m", .wait(90_000)),
        ("/wait 3", .wait(3000)), ("/button next", .button(.next)), ("/fail", .fail(1)), ("/fail 4", .fail(4)),
        ("/stall", .stall), ("/seek 7s", .seek(7000)), ("/seek", nil), ("/wait", nil), ("/wait -1s", nil),
        ("/wait 1h", .wait(3_600_000)), ("/wait 1d", nil), ("/wait 9000000s", nil),
        ("/button stop", nil), ("/fail 0", nil), ("/stall now", nil), ("/jump", nil), ("wait 1s", nil),
    ])
    func `commands of the device are read`(text: String, command: DeviceCommand?) {
        #expect(DeviceCommand(text) == command)
    }
}
