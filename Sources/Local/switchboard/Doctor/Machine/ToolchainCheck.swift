import LocalServices

/// The check that the compiler is there and new enough.
struct ToolchainCheck: DoctorCheck {
    static let subject = "toolchain"
    private static let oldest = (major: 6, minor: 2)

    var swift = Tool("swift")

    func findings() async -> [Finding] {
        let help =
            "install Swift 6.2 or newer from https://www.swift.org/install/linux and put its usr/bin on the PATH."
        guard let swift else { return [.mend(Self.subject, "there is no swift: \(help)")] }
        do {
            return [Self.finding(try await swift.run(["--version"]).text, help)]
        } catch {
            return [
                .mend(Self.subject, "swift cannot be asked for its version (\(PlainError.reason(of: error))): \(help)")
            ]
        }
    }

    private static func finding(_ text: String, _ help: String) -> Finding {
        guard let match = text.firstMatch(of: #/Swift version (\d+)\.(\d+)[.\d]*/#), let major = Int(match.1),
            let minor = Int(match.2)
        else { return .mend(subject, "swift does not tell its version: \(help)") }
        guard (major, minor) >= oldest else { return .mend(subject, "\(match.0) is too old: \(help)") }
        return .ok(subject, String(match.0))
    }
}
