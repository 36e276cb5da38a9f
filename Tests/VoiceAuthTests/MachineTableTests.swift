import Testing

@testable import VoiceAuth

/// What the flow is answered, for each state of the identity (row) and of its session (column, as `Stage` has them).
@Suite struct MachineTableTests {
    private func table(_ event: VoiceEvent, _ rules: VoiceRules) -> String {
        States.Person.allCases.map { person in
            let cells = States.Stage.allCases.map { stage in
                let identity = States.identity(person, stage, rules)
                return Self.sign(VoiceMachine(rules: rules).decide(event, on: identity, at: States.now).answer)
            }
            return person.rawValue.padding(to: 13) + cells.joined(separator: " ")
        }.joined(separator: "\n")
    }

    /// V verified, F failedverified, L lockedout, O optedout, N notenrolled, e enroll, v verify, m make, w wait, D deleted.
    private static func sign(_ answer: VoiceAnswer) -> String {
        switch answer {
        case .branch(.verified): "V"
        case .branch(.failedVerified): "F"
        case .branch(.lockedOut): "L"
        case .branch(.optedOut): "O"
        case .branch(.notEnrolled): "N"
        case .branch(.enroll): "e"
        case .branch(.verify): "v"
        case .branch(.deleted): "D"
        case .makeUser: "m"
        case .wait: "w"
        case .ask(let prompt): String(prompt.step.name.prefix(1))
        case .end: "."
        default: "?"
        }
    }

    //                       none begun stale cons. enr. ver. ended proved expired future mine others
    @Test func `begin in contact mode`() {
        #expect(
            table(.begin(States.begin()), States.rules(.contact)) == """
                new          m m m m m m m m m m m m
                making       w w w w w w w w w w w w
                noConsent    e e e e e e e e e e e e
                unenrolled   e e e e e e e e e e e e
                enrolled     v v v v v v v v v v v v
                locked       L L L L L L L L L L L L
                optedOut     O O O O O O O O O O O O
                optedOutGone O O O O O O O O O O O O
                """)
    }

    @Test func `begin in contact mode, gated`() {
        let rules = States.rules(.contact, .gated)
        #expect(
            table(.begin(States.begin()), rules) == """
                new          N N N N N N N N N N N N
                making       N N N N N N N N N N N N
                noConsent    N N N N N N N N N N N N
                unenrolled   N N N N N N N N N N N N
                enrolled     v v v v v v v v v v v v
                locked       L L L L L L L L L L L L
                optedOut     O O O O O O O O O O O O
                optedOutGone O O O O O O O O O O O O
                """)
        #expect(
            table(.begin(States.begin(isAllowed: true)), rules)
                == table(.begin(States.begin()), States.rules(.contact)))
    }

    @Test func `begin in caller-id mode`() {
        #expect(
            table(.begin(States.begin()), States.rules(.callerID)) == """
                new          m m m m m m m m m m V m
                making       w w w w w w w w w w V w
                noConsent    e e e e e e e V F F V e
                unenrolled   e e e e e e e V F F V e
                enrolled     v v v v v v v V F F V v
                locked       L L L L L L L L L L V L
                optedOut     O O O O O O O O O O V O
                optedOutGone O O O O O O O O O O V O
                """)
    }

    @Test(arguments: VoiceRules.Binding.allCases) func `result`(binding: VoiceRules.Binding) {
        #expect(
            table(.result(session: "s", contact: "me"), States.rules(binding)) == """
                new          F F F F F F F F F F V F
                making       F F F F F F F F F F V F
                noConsent    F F F F F F F V F F V F
                unenrolled   F F F F F F F V F F V F
                enrolled     F F F F F F F V F F V F
                locked       L L L L L L L L L L V L
                optedOut     F F F F F F F O F F V F
                optedOutGone F F F F F F F F F F V F
                """)
    }

    @Test(arguments: VoiceRules.Binding.allCases) func `delete, not allowed otherwise`(binding: VoiceRules.Binding) {
        #expect(
            table(.delete(session: "s", contact: "me", isAllowed: false), States.rules(binding)) == """
                new          D D D D D D D D D D D D
                making       D D D D D D D D D D D D
                noConsent    D D D D D D D D D D D D
                unenrolled   D D D D D D D D D D D D
                enrolled     F F F F F F F F F F D F
                locked       F F F F F F F F F F D F
                optedOut     F F F F F F F F F F F F
                optedOutGone F F F F F F F F F F F F
                """)
    }

    @Test func `a call that shows its code`() {
        #expect(
            table(.called(session: "s", call: "call2"), States.rules(.contact)) == """
                new          . . . . . . . . . . . .
                making       . . . . . . . . . . . .
                noConsent    . c c c c c c c c c c c
                unenrolled   . e e e e e e e e e e e
                enrolled     . v v v v v v v v v v v
                locked       . . . . . . . . . . . .
                optedOut     . . . . . . . . . . . .
                optedOutGone . . . . . . . . . . . .
                """)
    }

    @Test func `a call that shows its number, once`() {
        #expect(
            table(.called(session: "s", call: "call2"), States.rules(.callerID)) == """
                new          . . . . . . . . . . . .
                making       . . . . . . . . . . . .
                noConsent    . c . . . . . . . . . .
                unenrolled   . e . . . . . . . . . .
                enrolled     . v . . . . . . . . . .
                locked       . . . . . . . . . . . .
                optedOut     . . . . . . . . . . . .
                optedOutGone . . . . . . . . . . . .
                """)
    }
}

extension String {
    fileprivate func padding(to count: Int) -> String {
        self + String(repeating: " ", count: Swift.max(0, count - self.count))
    }
}
