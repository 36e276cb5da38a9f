import ArgumentParser
import Foundation
import LocalServices
import Timeline

/// The option `--events`, and the timeline of a run.
struct EventsFile: ParsableArguments {
    @Option(
        name: .customLong("events"),
        help: ArgumentHelp(
            """
            Append everything that happens to a file, a line of JSON each: invocations, requests, messages, blocks, \
            sentences; secrets are left out.
            """, valueName: "file"), completion: .file())
    var path: String?

    /// Returns a timeline that is written to the file, if one is given.
    func timeline() throws -> Timeline {
        let timeline = Timeline()
        guard let path else { return timeline }
        let folder = URL(filePath: path).deletingLastPathComponent()
        guard !path.isEmpty, path != "-" else {
            throw Refusal("--events needs a file, such as events.jsonl; /dev/stderr shows the events.")
        }
        guard Files.isFolder(folder) else { throw Refusal("--events \(path): there is no folder \(folder.path).") }
        do {
            let file = try TimelineFile(path) { Terminal.say("\(path) cannot be written: \($0). The run goes on.") }
            timeline.pass(to: { file.write($0) })
        } catch is TimelineFile.NoEvents {
            throw Refusal("--events \(path): the file holds something else than events. Name another one.")
        } catch {
            throw Refusal("--events \(path): \(PlainError.reason(of: error)).")
        }
        return timeline
    }

    /// The timeline where a file is given; nil without one.
    func timelineIfGiven() throws -> Timeline? {
        path == nil ? nil : try timeline()
    }

    /// True when somebody reads the requests that functions send, which then go through a proxy.
    var followsRequests: Bool { path != nil }
}
