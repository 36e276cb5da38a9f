import Calling
import Testing

@testable import Salesforce

struct PasswordGuardTests {
    private static let start = Moment(wall: .seconds(1_800_000_000), continuous: .now)

    private static func moment(_ seconds: Int) -> Moment {
        Moment(wall: start.wall + .seconds(seconds), continuous: start.continuous)
    }

    private static func attempt(_ password: UInt32, of user: UInt32 = 1) -> PasswordGuard.Attempt {
        func digest(_ number: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) } }
        return PasswordGuard.Attempt(user: digest(user), password: digest(user) + digest(password))
    }

    /// Refuses passwords, one a second.
    private static func refuse(_ passwords: Range<UInt32>, in passwordGuard: PasswordGuard, from second: Int = 0) {
        for (index, password) in passwords.enumerated() {
            passwordGuard.note(.refused, of: attempt(password), now: moment(second + index))
        }
    }

    @Test func `a refused password is refused for 30 seconds, and asked about again then`() {
        let passwords = PasswordGuard()
        Self.refuse(0..<1, in: passwords)
        #expect(passwords.verdict(on: Self.attempt(0), now: Self.moment(29)) == .refuse)
        #expect(passwords.verdict(on: Self.attempt(0), now: Self.moment(30)) == .ask)
        #expect(passwords.verdict(on: Self.attempt(1), now: Self.moment(1)) == .ask)
        #expect(passwords.verdict(on: Self.attempt(0, of: 2), now: Self.moment(1)) == .ask)
    }

    @Test func `after the fifth, one unknown password is tried in 30 seconds, counted from the last try`() {
        let passwords = PasswordGuard()
        Self.refuse(0..<4, in: passwords)
        #expect(passwords.verdict(on: Self.attempt(4), now: Self.moment(4)) == .ask)
        Self.refuse(4..<5, in: passwords, from: 4)
        #expect(passwords.verdict(on: Self.attempt(5), now: Self.moment(4)) == .wait(.seconds(30)))
        #expect(passwords.verdict(on: Self.attempt(5), now: Self.moment(33)) == .wait(.seconds(1)))
        // What was refused a moment ago is refused, and not put off.
        #expect(passwords.verdict(on: Self.attempt(4), now: Self.moment(33)) == .refuse)
        #expect(passwords.verdict(on: Self.attempt(5), now: Self.moment(34)) == .ask)
        passwords.note(.undecided, of: Self.attempt(5), now: Self.moment(34))
        #expect(passwords.verdict(on: Self.attempt(6), now: Self.moment(35)) == .wait(.seconds(29)))
        #expect(passwords.verdict(on: Self.attempt(6, of: 2), now: Self.moment(35)) == .ask)
    }

    @Test func `one password again and again is one, and what is older than 5 minutes is none`() {
        let passwords = PasswordGuard()
        for second in stride(from: 0, to: 3000, by: 30) {
            #expect(passwords.verdict(on: Self.attempt(0), now: Self.moment(second)) == .ask)
            passwords.note(.refused, of: Self.attempt(0), now: Self.moment(second))
        }
        let others = PasswordGuard()
        Self.refuse(0..<4, in: others)
        Self.refuse(4..<5, in: others, from: 299)
        #expect(others.verdict(on: Self.attempt(9), now: Self.moment(299)) == .wait(.seconds(30)))
        #expect(others.verdict(on: Self.attempt(9), now: Self.moment(300)) == .ask)
        // The last refusal of a password counts, not its first.
        let later = PasswordGuard()
        Self.refuse(0..<1, in: later)
        Self.refuse(0..<5, in: later, from: 290)
        #expect(later.verdict(on: Self.attempt(9), now: Self.moment(310)) == .wait(.seconds(14)))
    }

    @Test func `a password that was right is asked about always, until it is refused`() {
        let passwords = PasswordGuard()
        passwords.note(.accepted, of: Self.attempt(100), now: Self.moment(0))
        Self.refuse(0..<5, in: passwords)
        #expect(passwords.verdict(on: Self.attempt(100), now: Self.moment(5)) == .ask)
        // Its sign-in is no guess.
        passwords.note(.accepted, of: Self.attempt(100), now: Self.moment(20))
        #expect(passwords.verdict(on: Self.attempt(6), now: Self.moment(34)) == .ask)
        passwords.note(.refused, of: Self.attempt(100), now: Self.moment(34))
        #expect(passwords.verdict(on: Self.attempt(100), now: Self.moment(35)) == .refuse)
        #expect(passwords.verdict(on: Self.attempt(100), now: Self.moment(65)) == .ask)
    }

    @Test func `a right password resets nothing, so that its owner's work does not help who guesses`() {
        let passwords = PasswordGuard()
        Self.refuse(0..<5, in: passwords)
        passwords.note(.accepted, of: Self.attempt(100), now: Self.moment(40))
        #expect(passwords.verdict(on: Self.attempt(6), now: Self.moment(41)) == .wait(.seconds(29)))
    }

    @Test func `ages are by both clocks, and none once the wall clock went back`() {
        let passwords = PasswordGuard()
        Self.refuse(0..<5, in: passwords)
        let continuous = Moment(wall: Self.moment(4).wall, continuous: Self.start.continuous + .seconds(30))
        #expect(passwords.verdict(on: Self.attempt(0), now: continuous) == .ask)
        #expect(passwords.verdict(on: Self.attempt(7), now: continuous) == .ask)
        #expect(passwords.verdict(on: Self.attempt(7), now: Self.moment(-1)) == .ask)
    }

    @Test func `a flood of user names stays bounded, and does not hide the one who is being guessed`() {
        let passwords = PasswordGuard()
        Self.refuse(0..<5, in: passwords)
        for user in 2..<5_000 as Range<UInt32> {
            passwords.note(.refused, of: Self.attempt(0, of: user), now: Self.moment(5))
        }
        #expect(passwords.suspects == PasswordGuard.users)
        #expect(passwords.verdict(on: Self.attempt(9), now: Self.moment(6)) == .wait(.seconds(28)))
        #expect(passwords.verdict(on: Self.attempt(0, of: 4_999), now: Self.moment(6)) == .refuse)
        // Right passwords are bounded too; the most recent ones are known.
        for user in 10_000..<10_400 as Range<UInt32> {
            passwords.note(.accepted, of: Self.attempt(0, of: user), now: Self.moment(7))
        }
        var dumped = ""
        dump(passwords, to: &dumped)
        #expect(!dumped.contains("agent@"))
    }
}
