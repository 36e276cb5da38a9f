import LocalServices
import TestSupport
import Testing

@testable import switchboard

/// The doctor on a whole configuration: nothing to fix in a correct one, one line for each fault.
@Suite(.takingTurns) struct DoctorFaultsTests {
    @Test func `each planted fault is found by one line with its remedy, and a right configuration has none`()
        async throws
    {
        try await ConfiguredStack.withRunning { stack in
            let right = try await stack.findings()
            // Settings that no call reveals have one line, that of the agent's guide.
            #expect(right.toMend.isEmpty && right.skipped.map(\.subject) == ["agent's guide"], "\(right)")
            for fault in PlantedFault.all {
                let lines = try await stack.findings(fault.plant).toMend
                // A variable of the shell applies to every function.
                let subjects = Set(lines.map { $0.subject.prefix(fault.subject.utf8.count) })
                let isEachFunctions = fault.subject == "skill of"
                #expect(
                    subjects == [fault.subject[...]] && (lines.count == 1 || isEachFunctions), "\(fault.name): \(lines)"
                )
                for word in fault.words {
                    #expect(lines.first?.text.contains(word) == true, "\(fault.name): \(word) in \(lines)")
                }
            }
            #expect(try await stack.findings() == right)
        }
        #expect(PlantedFault.all.count >= 25)
        #expect(Set(PlantedFault.all.map(\.name)).count == PlantedFault.all.count)
    }

    @Test func `a token without a scope of leads is told what an integration user needs`() async throws {
        try await ConfiguredStack.withRunning { stack in
            let lines = try await stack.findings { $0.variables["CRM_LEAD_SCOPE"] = nil }
            let line = lines.skipped.first { $0.subject == "CRM wrapper" }
            #expect(lines.toMend.isEmpty && line?.text.contains("everything") == true, "\(lines)")
        }
    }

    @Test func `an address beside its domain is told where nobody says which identities are granted`() async throws {
        try await ConfiguredStack.withRunning { stack in
            let lines = try await stack.findings {
                $0.variables["EMAIL_ALLOWED_SENDERS"] = "desk@example.com"
                $0.variables["SesIdentityArns"] = nil
            }
            #expect(lines.skipped.first?.text.contains("set SesIdentityArns") == true, "\(lines)")
            let granted = try await stack.findings {
                $0.variables["EMAIL_ALLOWED_SENDERS"] = "desk@example.com"
                $0.variables["SesIdentityArns"]? += ", arn:aws:ses:eu-central-1:123456789012:identity/desk@example.com"
            }
            #expect(granted.toMend.isEmpty, "\(granted)")
        }
    }
}

extension [Finding] {
    fileprivate var toMend: [Finding] { filter { $0.state == .mend } }
    fileprivate var skipped: [Finding] { filter { $0.state == .skipped } }
}
