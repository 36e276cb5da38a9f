import Foundation
import LocalServices

/// Plays the device's audio with the first player installed.
final class Speaker {
    /// A program that plays a file from an offset, and ends by itself.
    private struct Program: Sendable {
        let name: String
        let arguments: @Sendable (_ file: String, _ milliseconds: Int) -> [String]
    }

    private static let programs = [
        Program(name: "ffplay") { file, offset in
            ["-nodisp", "-autoexit", "-loglevel", "quiet", "-ss", "\(Double(offset) / 1000)", file]
        },
        Program(name: "mpv") { file, offset in
            ["--no-video", "--really-quiet", "--start=\(Double(offset) / 1000)", file]
        },
        // These have no offset in time: they play from the beginning.
        Program(name: "mpg123") { file, _ in ["-q", file] },
        Program(name: "afplay") { file, _ in [file] },
    ]

    private let path: String
    private let program: Program
    private let folder: URL
    private var process: Process?

    /// Finds a player on `PATH`, or refuses.
    init(path: String = ProcessInfo.processInfo.environment["PATH"] ?? "") throws {
        let folders = path.split(separator: ":")
        let found = Self.programs.lazy.compactMap { program in
            folders.map { "\($0)/\(program.name)" }.first(where: FileManager.default.isExecutableFile)
                .map { (program, $0) }
        }.first
        guard let found else {
            let names = Self.programs.map(\.name).joined(separator: ", ")
            throw Refusal("--audio finds no player: install one of \(names), or leave --audio out.")
        }
        (program, self.path) = found
        folder = try TemporaryFolder.url().appending(path: "switchboard-audio-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit {
        stop()
        try? FileManager.default.removeItem(at: folder)
    }

    /// Plays a clip from an offset in milliseconds, replacing the current one.
    func play(_ clip: AudioClip, from offset: Int) {
        stop()
        let file = folder.appending(path: "clip")
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = program.arguments(file.path, offset)
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        do {
            try Data(clip.bytes).write(to: file)
            try process.run()
            self.process = process
        } catch {
            Terminal.say("\(program.name) did not start: \(PlainError.reason(of: error))")
        }
    }

    /// Stops the sound; the player's process has ended afterwards.
    func stop() {
        guard let process else { return }
        // A player stores no data, and SIGTERM may be blocked in it, as it may be in this process.
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
        self.process = nil
    }
}
