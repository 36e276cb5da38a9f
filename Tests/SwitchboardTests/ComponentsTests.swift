import Foundation
import TestSupport
import Testing

/// `scripts/components.py`, which names what a bootstrap is made of.
struct ComponentsTests {
    /// Runs it on a linker's map; returns its exit status and its standard error.
    private func run(on map: String) throws -> (status: Int32, errors: String) {
        let file = FileManager.default.temporaryDirectory.appending(path: "map-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(map.utf8).write(to: file)
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        let script = TestProcess.root.appending(path: "scripts/components.py").path
        process.arguments = ["python3", "-B", script, "notice", "Echo", file.path]
        let errors = Pipe()
        process.standardError = errors
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        let text = String(decoding: try errors.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, text)
    }

    @Test func `an archive of no known component is an error`() throws {
        let line = " .text          0x0000000000410000       0x10 /usr/lib/libmystery.a(mystery.o)\n"
        let run = try run(on: "Linker script and memory map\n\n\(line)")
        #expect(run.status == 1 && run.errors.contains("/usr/lib/libmystery.a is linked in"), "\(run.errors)")
    }

    @Test(arguments: [
        "", "Linker script and memory map\n",
        // Taken out by --gc-sections, and stripped.
        " .text          0x0000000000410000       0x10 /usr/lib/libc.a(a.o)\nLinker script and memory map\n",
        "Linker script and memory map\n .debug_info    0x0000000000000000       0x10 /usr/lib/libc.a(a.o)\n",
        "Linker script and memory map\n .text          0x0000000000410000        0x0 /usr/lib/libc.a(a.o)\n",
    ])
    func `a map that names nothing linked in is an error`(map: String) throws {
        let run = try run(on: map)
        #expect(run.status == 1 && run.errors.contains("names no file that was linked"), "\(run.errors)")
    }
}
