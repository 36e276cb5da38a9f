import Foundation
import LocalServices
import TestSupport
import Testing

@testable import switchboard

/// The device with real servers, and with an installed player.
@Suite(.takingTurns) struct AudioFetcherTests {
    private func failure(_ url: String) async -> AudioClip.Failure.Kind? {
        if case .failure(let failure) = await AudioFetcher().fetch(url) {
            #expect(!failure.message.contains("secret"))
            return failure.kind
        }
        return nil
    }

    @Test func `a stream is fetched by its URL as it is`() async throws {
        let tone = Tone(hertz: 440, seconds: 1).mp3
        let server = try ScriptedServer.answering { _ in .init(body: tone) }
        let target = "/box/a%20b%2Bc.mp3?X-Amz-Credential=a%2Fb&X-Amz-Signature=0f"
        let clip = try await AudioFetcher().fetch("http://127.0.0.1:\(server.port)\(target)").get()
        #expect(clip.bytes == tone && clip.duration == 1000)
        #expect(server.requests.map(\.target) == [target] && server.requests.first?.method == "GET")
    }

    @Test(arguments: [
        (403, AudioClip.Failure.Kind.invalidRequest), (404, .invalidRequest), (500, .internalServerError),
        (503, .internalServerError), (200, .unknown),
    ])
    func `what a device cannot play is told apart`(status: Int, kind: AudioClip.Failure.Kind) async throws {
        let server = try ScriptedServer.answering { _ in .init(status: status) }
        #expect(await failure("http://127.0.0.1:\(server.port)/a?secret") == kind)
    }

    @Test(arguments: ["RIFF", "OggS", "fLaC"])
    func `a format that Alexa's player has not fails, whatever the file's name`(_ head: String) async throws {
        let server = try ScriptedServer.answering { _ in .init(body: Array(head.utf8) + [0, 0, 0, 0]) }
        #expect(await failure("http://127.0.0.1:\(server.port)/a.mp3?secret") == .unknown)
    }

    @Test func `a server that is not there is unavailable, and no URL is an invalid request`() async throws {
        let server = try ScriptedServer { _ in }
        #expect(await failure("http://127.0.0.1:\(server.port)/a?secret") == .serviceUnavailable)
        #expect(await failure("secret") == .invalidRequest)
    }

    @Test func `the local bucket's keys are encoded, and its traps are no audio`() async throws {
        let seeds = try BackEnds.seeds(for: ["AUDIO_BUCKET": "box"])
        #expect(seeds.buckets.map(\.name) == ["box"])
        #expect(try BackEnds.seeds(for: ["AUDIO_BUCKET": ""]).buckets.isEmpty)
        let keys = try #require(seeds.buckets.first).objects
        #expect(keys.filter { $0.bytes.starts(with: "ID3".utf8) && $0.key.hasPrefix("jokes/") }.count == 12)
        #expect(keys.contains { $0.key == "jokes/en/" } && keys.contains { $0.key.hasSuffix(".txt") })
        try await Moto.withRunningForTests(seeds: seeds) { moto in
            #expect(await failure("\(moto.endpoint)/box/jokes/en/one%2Bone.mp3?secret") != nil, "nothing is public")
        }
    }

    @Test func `--audio starts the first player that is installed, and ends it`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "players-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect {
            try Speaker(path: folder.path)
        } throws: {
            "\($0)".contains("ffplay, mpv, mpg123, afplay,")
        }
        for name in ["afplay", "mpv"] {
            let script = "#!/bin/sh\necho $$ \(name) \"$@\" >> '\(folder.path)/heard'\nexec /bin/sleep 20\n"
            let path = folder.appending(path: name).path
            try Data(script.utf8).write(to: URL(filePath: path))
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        }
        let speaker = try Speaker(path: "/nowhere:\(folder.path)")
        speaker.play(AudioClip(Tone(hertz: 440, seconds: 1).mp3), from: 2500)
        var heard = ""
        for _ in 0..<500 where heard.isEmpty {
            heard = (try? String(contentsOf: folder.appending(path: "heard"), encoding: .utf8)) ?? ""
            usleep(10_000)
        }
        #expect(heard.contains(" mpv ") && heard.contains("--start=2.5"))
        let process = try #require(heard.split(separator: " ").first.flatMap { Int32($0) })
        #expect(kill(process, 0) == 0)
        speaker.stop()
        #expect(kill(process, 0) != 0)
    }
}
