/// Something that `switchboard doctor` looks at.
protocol DoctorCheck: Sendable {
    /// What it finds; a check that cannot be carried out finds that.
    func findings() async -> [Finding]
}

/// Carries all checks out at once and tells what they find in their order.
struct Doctor: Sendable {
    let checks: [any DoctorCheck]

    /// Runs the checks; true when nothing must be mended.
    func run(print: (Finding) -> Void) async throws -> Bool {
        try await withThrowingTaskGroup(of: (Int, [Finding]).self) { group in
            for (index, check) in checks.enumerated() {
                group.addTask { (index, await check.findings()) }
            }
            var (found, next, isWell): ([Int: [Finding]], Int, Bool) = ([:], 0, true)
            for try await (index, findings) in group {
                found[index] = findings
                while let findings = found[next] {
                    findings.forEach(print)
                    isWell = isWell && findings.allSatisfy { $0.state != .mend }
                    next += 1
                }
            }
            try Task.checkCancellation()
            return isWell
        }
    }
}
