import Foundation
import LambdaRuntime
import MessageTemplates
import Settings
import Testing

@Suite struct TemplateDirectoryTests {
    /// Runs `body` with a folder of the given files, which is removed afterwards.
    private func withFolder(_ files: [String: String], _ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "templates-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, text) in files {
            let file = folder.appending(path: name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        try body(folder.path)
    }

    @Test func `a file is read on its first use and kept`() throws {
        try withFolder(["sms/note.txt": "first"]) { path in
            let directory = TemplateDirectory(path: path)
            let template = try directory.templates("note", in: "sms", ["txt"])[0]
            #expect(try template.render([:], escaping: .none) == "first")
            try Data("second".utf8).write(to: URL(filePath: path).appending(path: "sms/note.txt"))
            #expect(try directory.templates("note", in: "sms", ["txt"])[0].render([:], escaping: .none) == "first")
        }
    }

    @Test(arguments: ["", ".", "..", "../secret", "a/b", "a.b", "ä", "a b", "a\0", "note\n"])
    func `a name of other characters reaches no file`(name: String) throws {
        try withFolder(["sms/note.txt": "x", "secret.txt": "x", "sms/a/b.txt": "x"]) { path in
            let error = #expect(throws: TemplateError.self) {
                try TemplateDirectory(path: path).templates(name, in: "sms", ["txt"])
            }
            #expect(error?.errorType == "Function.InvalidRequest")
        }
    }

    @Test func `a template of which one file is missing is unknown, and the file is named`() throws {
        try withFolder(["email/note.subject": "s", "email/note.txt": "t"]) { path in
            let error = #expect(throws: TemplateError.self) {
                try TemplateDirectory(path: path).templates("note", in: "email", ["subject", "txt", "html"])
            }
            #expect(error?.errorType == "Function.InvalidRequest")
            #expect(error?.description.contains("email/note.html") == true)
        }
    }

    @Test func `an unknown name is not repeated, since it may be anybody's`() throws {
        try withFolder(["sms/note.txt": "x"]) { path in
            for name in ["Maria_Silva", "12065550142", String(repeating: "a", count: 100_000)] {
                let error = #expect(throws: TemplateError.self) {
                    try TemplateDirectory(path: path).templates(name, in: "sms", ["txt"])
                }
                #expect(error?.errorType == "Function.InvalidRequest")
                #expect(error?.description.contains(name) == false)
                #expect(error?.description.contains("in sms") == true)
            }
        }
    }

    @Test func `a byte order mark is no part of a template`() throws {
        try withFolder(["email/note.subject": "\u{FEFF}{{! about }}\nnote"]) { path in
            let template = try TemplateDirectory(path: path).templates("note", in: "email", ["subject"])[0]
            #expect(try template.render([:], escaping: .none).utf8.elementsEqual("note".utf8))
        }
    }

    @Test func `a malformed template is named with its line`() throws {
        try withFolder(["sms/note.txt": "a\n{{#b}}"]) { path in
            let error = #expect(throws: TemplateError.self) {
                try TemplateDirectory(path: path).templates("note", in: "sms", ["txt"])
            }
            #expect(error?.errorType == "Function.InvalidRequest")
            #expect(error?.description.contains("sms/note.txt is malformed in line 2") == true)
        }
    }

    @Test func `without TEMPLATES_DIR the folder is beside the executable`() throws {
        let directory = try Environment([:]).read(TemplateDirectory.variable)
        let executable = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        #expect(
            directory.path == URL(filePath: executable).deletingLastPathComponent().appending(path: "templates").path)
    }
}
