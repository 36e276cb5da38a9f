import ArgumentParser
import LocalServices

struct CompletionCommand: AsyncParsableCommand {
    enum Shell: String, CaseIterable, ExpressibleByArgument {
        case bash, zsh, fish
    }

    static let configuration = CommandConfiguration(
        commandName: "completion",
        abstract: "Prints a script that completes commands, options and names in a shell.",
        discussion: """
            Functions, flows, locales and events of the project are completed too. To switch it on:

              bash  source <(switchboard completion bash)
              zsh   switchboard completion zsh > "${fpath[1]}/_switchboard"
              fish  switchboard completion fish | source

            Put that line into ~/.bashrc or ~/.config/fish/config.fish; zsh reads its file when it starts.
            """)

    @Argument(help: "The shell: bash, zsh or fish.")
    var shell: Shell

    func run() async throws {
        let script =
            switch shell {
            case .bash: Switchboard.completionScript(for: .bash)
            case .zsh: Switchboard.completionScript(for: .zsh)
            case .fish: Switchboard.completionScript(for: .fish)
            }
        Terminal.print(payload: Array(script.utf8))
    }
}
