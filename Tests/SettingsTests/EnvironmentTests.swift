import Settings
import Testing

struct EnvironmentTests {
    enum Colour: String, CaseIterable {
        case red
        case green
    }

    @Test func `every variable that is missing or malformed is named in one message`() {
        let environment = Environment(["PARTS": "seven", "COLOUR": "blue", "FLAG": "maybe"])
        let error = #expect(throws: EnvironmentError.self) {
            _ = try environment.read(
                .required("TABLE", "the DynamoDB table that keeps the keys"),
                .optional("PARTS", default: 4, in: 1...10),
                .optional("COLOUR", default: Colour.red),
                .optional("FLAG", default: false))
        }
        #expect(
            error?.description == """
                TABLE is not set: give the DynamoDB table that keeps the keys. PARTS must be a whole number from 1 to 10. \
                COLOUR must be `red` or `green`. FLAG must be true or false.
                """)
        #expect(error?.errorType == "Function.InvalidEnvironment")
    }

    @Test func `a fault never repeats the value`() {
        let error = #expect(throws: EnvironmentError.self) {
            _ = try Environment(["PARTS": "s3cret"]).read(.optional("PARTS", default: 1, in: 1...2))
        }
        #expect(error?.description.contains("s3cret") == false)
    }

    @Test func `an empty variable is an absent one`() throws {
        let environment = Environment(["TYPE": "", "PARTS": "", "NAME": ""])
        let (type, parts, name) = try environment.read(
            .optional("TYPE", default: Colour.green), .optional("PARTS", default: 4, in: 1...10), .optional("NAME"))
        #expect(type == .green)
        #expect(parts == 4)
        #expect(name == nil)
        #expect(throws: EnvironmentError.self) { _ = try environment.read(.required("NAME", "a name")) }
    }

    @Test func `values are parsed to their types`() throws {
        let environment = Environment(["TYPE": "red", "PARTS": "10", "NAME": "n", "FLAG": "TRUE"])
        let (type, parts, name, flag) = try environment.read(
            .optional("TYPE", default: Colour.green), .optional("PARTS", default: 4, in: 1...10),
            .required("NAME", "a name"), .optional("FLAG", default: false))
        #expect(type == .red)
        #expect(parts == 10)
        #expect(name == "n")
        #expect(flag)
    }

    @Test func `an optional variable that does not parse is a fault and not an absent one`() {
        #expect(throws: EnvironmentError(faults: ["LIMIT must be even."])) {
            _ = try Environment(["LIMIT": "3"]).read(
                .optional("LIMIT", expecting: "even") { text in Int(text).flatMap { $0.isMultiple(of: 2) ? $0 : nil } })
        }
    }
}
