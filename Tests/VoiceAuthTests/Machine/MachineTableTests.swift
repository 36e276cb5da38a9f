import Testing

@testable import VoiceAuth

/// Returns the flow's responses, for each state of the identity (row) and of its session (column, in `Stage`'s order).
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

    /// V verified, E enrolled, F failedverified, R retry, H handedover, L lockedout, O optedout, N notenrolled, e enroll,
    /// v verify, m make, w wait, D deleted.
    private static func sign(_ answer: MachineResponse) -> String {
        switch answer {
        case .branch(.verified): "V"
        case .branch(.enrolled): "E"
        case .branch(.failedVerified): "F"
        case .branch(.retry): "R"
        case .branch(.handedOver): "H"
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

    //                       none begun stale cons. enr. ver. hung ended proved exp. fut. mine told past others superseded
    @Test func `begin in contact mode`() {
        #expect(
            table(.begin(States.begin()), States.rules(.contact)) == """
                new          m m m m m m m m m m m m m m m m
                making       w w w w w w w w w w w w w w w w
                noConsent    e e e e e e e e e e e e e e e e
                unenrolled   e e e e e e e e e e e e e e e e
                enrolled     v v v v v v v v v v v v v v v v
                unvouched    v v v v v v v v v v v v v v v v
                locked       L L L L L L L L L L L L L L L L
                optedOut     O O O O O O O O O O O O O O O O
                optedOutGone O O O O O O O O O O O O O O O O
                """)
    }

    /// The stages' contact has begun with `enrollmentAllowed`, which holds for it; none has not begun.
    @Test func `begin in contact mode, gated`() {
        let rules = States.rules(.contact, .gated)
        #expect(
            table(.begin(States.begin()), rules) == """
                new          N m m m m m m m m m m m m m m m
                making       N w w w w w w w w w w w w w w w
                noConsent    N e e e e e e e e e e e e e e e
                unenrolled   N e e e e e e e e e e e e e e e
                enrolled     v v v v v v v v v v v v v v v v
                unvouched    v v v v v v v v v v v v v v v v
                locked       L L L L L L L L L L L L L L L L
                optedOut     O O O O O O O O O O O O O O O O
                optedOutGone O O O O O O O O O O O O O O O O
                """)
        #expect(
            table(.begin(States.begin(isAllowed: true)), rules)
                == table(.begin(States.begin()), States.rules(.contact)))
    }

    @Test func `begin in caller-id mode`() {
        #expect(
            table(.begin(States.begin()), States.rules(.callerID)) == """
                new          m m m m m m m m m m m V E m m m
                making       w w w w w w w w w w w V E w w w
                noConsent    e e e e e e e e V F F V E e e e
                unenrolled   e e e e e e e e V F F V E e e e
                enrolled     v v v v v v v v V F F V E v v v
                unvouched    v v v v v v v v V F F V E v v v
                locked       L L L L L L L L L L L V E L L L
                optedOut     O O O O O O O O O O O V E O O O
                optedOutGone O O O O O O O O O O O V E O O O
                """)
    }

    @Test func `begin in caller-id mode, gated, is allowed by its own word alone`() {
        let row = table(.begin(States.begin()), States.rules(.callerID, .gated)).split(separator: "\n")[3]
        #expect(row == "unenrolled   N N N N N N N N N N N V E N N N")
    }

    @Test func `result in contact mode`() {
        #expect(
            table(.result(session: "s", contact: "me"), States.rules(.contact)) == """
                new          R R R F F F F F F F F V E R F R
                making       R R R F F F F F F F F V E R F R
                noConsent    R R R F F F F F V F F V E R F R
                unenrolled   R R R F F F F F V F F V E R F R
                enrolled     R R R F F F F F V F F V E R F R
                unvouched    R R R F F F F F E F F V E R F R
                locked       L L L L L L L L V L L V E L L L
                optedOut     O O O O O O O O O O O V E O O O
                optedOutGone O O O O O O O O O O O V E O O O
                """)
    }

    @Test func `result in caller-id mode`() {
        #expect(
            table(.result(session: "s", contact: "me"), States.rules(.callerID)) == """
                new          F F F F F F F F F F F V E F F H
                making       F F F F F F F F F F F V E F F H
                noConsent    F F F F F F F F V F F V E F F H
                unenrolled   F F F F F F F F V F F V E F F H
                enrolled     F F F F F F F F V F F V E F F H
                unvouched    F F F F F F F F V F F V E F F H
                locked       L L L L L L L L V L L V E L L H
                optedOut     O O O O O O O O O O O V E O O H
                optedOutGone O O O O O O O O O O O V E O O H
                """)
    }

    @Test(arguments: VoiceRules.Binding.allCases) func `confirm, allowed`(binding: VoiceRules.Binding) {
        #expect(
            table(States.confirm(), States.rules(binding)) == """
                new          F F F F F F F F F F F F F F F F
                making       F F F F F F F F F F F F F F F F
                noConsent    F F F F F F F F V F F V V V F F
                unenrolled   F F F F F F F F V F F V V V F F
                enrolled     F F F F F F F F V F F V V V F F
                unvouched    F F F F F F F F V F F V V V F F
                locked       F F F F F F F F V F F V V V F F
                optedOut     F F F F F F F F F F F F F F F F
                optedOutGone F F F F F F F F F F F F F F F F
                """)
    }

    @Test(arguments: VoiceRules.Binding.allCases) func `delete, not allowed otherwise`(binding: VoiceRules.Binding) {
        #expect(
            table(.delete(session: "s", contact: "me", isAllowed: false), States.rules(binding)) == """
                new          D D D D D D D D D D D D D D D D
                making       D D D D D D D D D D D D D D D D
                noConsent    D D D D D D D D D D D D D D D D
                unenrolled   F F F F F F F F F F F D F D F F
                enrolled     F F F F F F F F F F F D F D F F
                unvouched    F F F F F F F F F F F D F D F F
                locked       F F F F F F F F F F F D F D F F
                optedOut     F F F F F F F F F F F F F F F F
                optedOutGone F F F F F F F F F F F F F F F F
                """)
    }

    @Test func `a call that shows its code`() {
        #expect(
            table(.called(session: "s", call: "call2", code: States.code), States.rules(.contact)) == """
                new          . . . . . . . . . . . . . . . .
                making       . . . . . . . . . . . . . . . .
                noConsent    . c c c c c c c c c c c c c c c
                unenrolled   . e e e e e e e e e e e e e e e
                enrolled     . v v v v v v v v v v v v v v v
                unvouched    . v v v v v v v v v v v v v v v
                locked       . . . . . . . . . . . . . . . .
                optedOut     . . . . . . . . . . . . . . . .
                optedOutGone . . . . . . . . . . . . . . . .
                """)
    }

    @Test func `a call that shows its number, once`() {
        #expect(
            table(.called(session: "s", call: "call2"), States.rules(.callerID)) == """
                new          . . . . . . . . . . . . . . . .
                making       . . . . . . . . . . . . . . . .
                noConsent    . c . . . . . . . . . . . . . c
                unenrolled   . e . . . . . . . . . . . . . e
                enrolled     . v . . . . . . . . . . . . . v
                unvouched    . v . . . . . . . . . . . . . v
                locked       . . . . . . . . . . . . . . . .
                optedOut     . . . . . . . . . . . . . . . .
                optedOutGone . . . . . . . . . . . . . . . .
                """)
    }
}

extension String {
    fileprivate func padding(to count: Int) -> String {
        self + String(repeating: " ", count: Swift.max(0, count - self.count))
    }
}
