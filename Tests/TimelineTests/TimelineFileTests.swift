import Foundation
import JSON
import Testing
import Timeline

struct TimelineFileTests {
    @Test func `the file has a line for each event, is added to, and is its owner's`() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "events-\(UUID().uuidString).jsonl")
        defer { try? FileManager.default.removeItem(at: url) }
        for _ in 1...2 {
            let timeline = Timeline()
            let file = try TimelineFile(url.path)
            timeline.pass(to: { file.write($0) })
            timeline.report(TimelineEvent(.call, "said", "line\nbreak"))
            timeline.report(TimelineEvent(.sms, "sent", "SMS to +12065550142"))
        }
        let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
        let titles = try lines.map { try JSONText.decode(TimelineEvent.self, from: Array($0.utf8)).title }
        #expect(titles == ["line break", "SMS to +12065550142", "line break", "SMS to +12065550142"])
        let mode = try FileManager.default.attributesOfItem(atPath: url.path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test func `a run that was cut off leaves half a line, and the next one begins on its own`() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "events-\(UUID().uuidString).jsonl")
        defer { try? FileManager.default.removeItem(at: url) }
        try Data(#"{"id":1,"cha"#.utf8).write(to: url)
        try TimelineFile(url.path).write(TimelineEvent(.call, "said", "a"))
        let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines.last?.hasPrefix(#"{"channel":"call""#) == true)
    }

    @Test func `a file that holds something else stays as it is, and a pipe without a reader is not waited for`() throws
    {
        let folder = FileManager.default.temporaryDirectory
        let notes = folder.appending(path: "notes-\(UUID().uuidString).txt")
        let pipe = folder.appending(path: "pipe-\(UUID().uuidString)")
        defer { for url in [notes, pipe] { try? FileManager.default.removeItem(at: url) } }
        try Data("Notes".utf8).write(to: notes)
        #expect(throws: TimelineFile.NoEvents.self) { _ = try TimelineFile(notes.path) }
        #expect(try String(contentsOf: notes, encoding: .utf8) == "Notes")
        #expect(mkfifo(pipe.path, 0o600) == 0)
        #expect(throws: (any Error).self) { _ = try TimelineFile(pipe.path) }
    }

    @Test func `a file that cannot be written is told once, and the run goes on`() throws {
        let told = Recorded()
        let file = try TimelineFile("/dev/full") { _ in told.add(1) }
        file.write(TimelineEvent(.call, "said", "a"))
        file.write(TimelineEvent(.call, "said", "b"))
        #expect(told.ids == [1])
        #expect(throws: (any Error).self) { _ = try TimelineFile("/nowhere/at/all") }
    }

    @Test func `bodies are JSON, text of at most 16 KB, or a size`() {
        #expect(TimelineBody.value([]) == nil)
        #expect(TimelineBody.value(Array(#"{"a":1}"#.utf8)) == ["a": 1])
        #expect(TimelineBody.value(Array("a=b".utf8)) == "a=b")
        #expect(TimelineBody.value([0x52, 0x49, 0xff, 0], type: "audio/wav") == "(4 bytes, audio/wav)")
        let long = TimelineBody.value(Array(String(repeating: "é", count: 20_000).utf8))?.string ?? ""
        #expect(long.utf8.count < 17_000)
        #expect(long.hasSuffix("… (40000 bytes)"))
    }
}
