import Foundation
import JSON
import Synchronization
import TestSupport
import Testing

/// A real browser, which `browser.py` drives: one for all tests of a run.
final class Browser: @unchecked Sendable {
    // Invariant: the pipes are used under `steps` alone, one step after the other.
    struct Fault: Error, CustomStringConvertible {
        let description: String
    }

    static let shared = Browser()

    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()
    private let steps = Mutex(false)

    private init() {}

    /// Takes a step, and returns its result.
    func step(_ members: [String: JSONValue]) throws -> JSONValue {
        try steps.withLock { isRunning in
            if !isRunning {
                try start()
                isRunning = true
            }
            try input.fileHandleForWriting.write(contentsOf: Data("\(JSONValue.object(members).text)\n".utf8))
            let answer = try JSONValue(parsing: line())
            if let error = answer["error"]?.string { throw Fault(description: error) }
            return answer["value"] ?? .null
        }
    }

    private func start() throws {
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "browser.py")
        process.executableURL = TestProcess.root.appending(path: ".venv/bin/python")
        process.arguments = [script.path]
        process.standardInput = input
        process.standardOutput = output
        input.closeInOtherPrograms()
        output.closeInOtherPrograms()
        try process.run()
    }

    private func line() throws -> [UInt8] {
        var line: [UInt8] = []
        while true {
            guard let byte = try output.fileHandleForReading.read(upToCount: 1)?.first else {
                throw Fault(description: "The browser has ended.")
            }
            if byte == UInt8(ascii: "\n") { return line }
            line.append(byte)
        }
    }
}

/// One page in a browser's window of its own.
struct BrowserPage: Sendable {
    private let number: JSONValue
    private let base: String

    /// Opens a page of the console.
    init(_ base: String, width: Int = 1280, height: Int = 860, scheme: String = "light") throws {
        self.base = base
        number = try Browser.shared.step([
            "do": "open", "width": .number(width), "height": .number(height), "scheme": .string(scheme),
        ])
    }

    /// Opens another page in the same browser.
    init(beside page: BrowserPage, _ base: String? = nil) throws {
        self.base = base ?? page.base
        number = try Browser.shared.step(["do": "open", "beside": page.number])
    }

    /// Something on a page: by its role and name, its label, its text, or a selector; within a region.
    struct Target {
        var members: [String: JSONValue]

        static func role(_ role: String, _ name: String, in region: String? = nil) -> Target {
            Target(members: ["role": .string(role), "name": .string(name)]).within(region)
        }
        static func button(_ name: String, in region: String? = nil) -> Target { role("button", name, in: region) }
        static func label(_ label: String, in region: String? = nil) -> Target {
            Target(members: ["label": .string(label)]).within(region)
        }
        static func text(_ text: String, in region: String? = nil) -> Target {
            Target(members: ["text": .string(text)]).within(region)
        }
        static func css(_ css: String) -> Target { Target(members: ["css": .string(css)]) }

        func nth(_ index: Int) -> Target { Target(members: members.merging(["nth": .number(index)]) { $1 }) }
        func having(_ text: String) -> Target { Target(members: members.merging(["has": .string(text)]) { $1 }) }

        private func within(_ region: String?) -> Target {
            guard let region else { return self }
            return Target(members: members.merging(["region": .string(region)]) { $1 })
        }
    }

    @discardableResult
    func take(_ step: String, _ target: Target? = nil, _ value: JSONValue? = nil) throws -> JSONValue {
        var members = target?.members ?? [:]
        members["do"] = .string(step)
        members["page"] = number
        if let value {
            members[["goto", "download"].contains(step) ? "url" : step == "wait" ? "state" : "value"] = value
        }
        return try Browser.shared.step(members)
    }

    /// Opens a region, such as `phone`.
    func show(_ region: String) throws { try take("goto", nil, .string("\(base)#\(region)")) }
    func click(_ target: Target) throws { try take("click", target) }
    func fill(_ target: Target, _ text: String) throws { try take("fill", target, .string(text)) }
    func select(_ target: Target, _ text: String) throws { try take("select", target, .string(text)) }
    func wait(_ target: Target) throws { try take("wait", target) }

    /// Waits up to a minute, for what takes many requests or many events.
    func waitLong(_ target: Target) throws {
        for _ in 1...3 where (try? wait(target)) != nil { return }
        try wait(target)
    }

    func texts(_ target: Target) throws -> [String] { try take("texts", target).array?.compactMap(\.string) ?? [] }
    func count(_ target: Target) throws -> Int { try take("count", target).int ?? 0 }
    func evaluate(_ script: String) throws -> JSONValue { try take("evaluate", nil, .string(script)) }

    func expectNoFaults(sourceLocation: SourceLocation = #_sourceLocation) throws {
        let faults = try faults
        #expect(faults == [], sourceLocation: sourceLocation)
    }

    func expectNoViolations(_ place: String = "", sourceLocation: SourceLocation = #_sourceLocation) throws {
        let violations = try violations
        #expect(violations == [], "\(place)", sourceLocation: sourceLocation)
    }

    func press(_ keys: String...) throws { for key in keys { try take("press", nil, .string(key)) } }

    /// What has the focus: its tag and its name; empty when nothing has.
    var focused: String {
        get throws { try take("focused").string ?? "" }
    }

    /// Presses Tab until that has the focus; false when it does not come to that.
    func tab(to wanted: String) throws -> Bool {
        for _ in 0..<60 {
            if try focused == wanted { return true }
            try press("Tab")
        }
        return false
    }

    /// What axe-core finds serious, or worse.
    var violations: [String] {
        get throws { try take("axe").array?.compactMap(\.string) ?? [] }
    }

    /// Errors of the page's console, and exceptions.
    var faults: [String] {
        get throws { try take("faults").array?.compactMap(\.string) ?? [] }
    }

    /// Keeps a picture under dist/screenshots, or where SCREENSHOTS says; pipelines keep that folder.
    func keepPicture(_ name: String) throws {
        let folder =
            ProcessInfo.processInfo.environment["SCREENSHOTS"].map { URL(filePath: $0) }
            ?? TestProcess.root.appending(path: "dist/screenshots")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try take("screenshot", nil, .string(folder.appending(path: "\(name).png").path))
    }

    /// Closes the page's browser, or the page alone.
    func close(page: Bool = false) throws { try take(page ? "leave" : "close") }
}
