import Foundation
import TestSupport
import Testing

extension CommandTests {
    /// Sources the bash script, types a line, and asks for what it can go on with.
    private func completions(_ line: String) throws -> [String] {
        try project.add("completion.bash", try run("completion", "bash").output)
        try project.add(
            "complete.sh",
            """
            PATH="$1:$PATH"
            source completion.bash
            COMP_LINE=$2 COMP_POINT=${#2} COMP_TYPE=9 COMP_KEY=9
            read -ra COMP_WORDS <<<"$2"
            [[ $2 != *' ' ]] || COMP_WORDS+=('')
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            function=$(complete -p switchboard | sed 's/.*-F \\([^ ]*\\).*/\\1/')
            "$function" switchboard "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}" 2>errors
            printf '%s\\n' "${COMPREPLY[@]}"
            """)
        let shell = Process()
        shell.executableURL = URL(filePath: "/bin/bash")
        shell.arguments = ["complete.sh", try CommandRun.executable.deletingLastPathComponent().path, line]
        shell.currentDirectoryURL = project.root
        shell.environment = ProcessInfo.processInfo.environment.filter { $0.key != "SWITCHBOARD_ROOT" }
        let output = Pipe()
        shell.standardOutput = output
        try shell.run()
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        shell.waitUntilExit()
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map {
            $0.trimmingCharacters(in: .whitespaces)
        }
    }

    @Test func `bash completes commands, functions, events, flows and locales`() throws {
        try project.add("events/Scripted/01-first.json", "{}")
        try project.add("integrations/connect/entry.json", "{}")
        try project.add(
            "integrations/alexa/scripted/skill-package/interactionModels/custom/de-DE.json", "{}")
        #expect(try completions("switchboard dem") == ["demo"])
        #expect(try completions("switchboard flow ch") == ["check"])
        #expect(try completions("switchboard invoke S") == ["Scripted"])
        #expect(try completions("switchboard invoke Scripted --event 0") == ["01-first"])
        #expect(try completions("switchboard call ") == ["entry"])
        #expect(try completions("switchboard talk Scripted --locale ") == ["de-DE"])
        #expect(try completions("switchboard completion ").sorted() == ["bash", "fish", "zsh"])
    }

    @Test(arguments: ["zsh", "fish"]) func `the other shells have a script, too`(shell: String) throws {
        let run = try run("completion", shell)
        #expect(run.status == 0 && run.output.contains("switchboard"))
        #expect(run.output.contains("completion"))
    }
}
