/// A check of `switchboard doctor`.
protocol DoctorCheck: Sendable {
    /// Returns the check's findings; a check that cannot be carried out returns that as one.
    func findings() async -> [Finding]
}

/// The doctor: carries out all checks at once and prints their findings in order.
struct Doctor: Sendable {
    let checks: [any DoctorCheck]

    /// Runs the checks; returns true when nothing must be fixed.
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
