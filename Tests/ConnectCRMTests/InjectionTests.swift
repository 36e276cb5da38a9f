import Encoding
import JSON
import LambdaRuntime
import TestSupport
import Testing

@testable import ConnectCRM

/// Texts that would change a query, a search or a composite request: none does, whatever the parameter.
@Suite(.takingTurns) struct InjectionTests {
    static let corpus = [
        "'", "\\", "\\'", "'' OR ''='", "x' OR Name LIKE '%", "x') OR (Name != '", "x\\' OR Id != \\'", "\"", "`",
        "1201' LIMIT 1 OFFSET 1 --", "x' UNION SELECT Id FROM User", "%", "_", "%'%", "{!x}", ":bind", ";", "/**/",
        "x'; DELETE FROM Contact", "FIND {x} IN ALL FIELDS RETURNING User(Id)", "a AND b", "NOT x", "x* OR y?",
        "^~:!{}",
        "@{", "@{Contact.records[0].Id}", "@@{{created.id}}", "@{created.id}", "@\u{7B}\u{301}created.id}",
        "a\u{301}'\u{301}", "'\u{20D2} OR Id != '", "\u{2019}\u{02BC}\u{FF07}", "\u{202E}' OR 1=1", "\u{FEFF}", "🧑‍🧑‍🧒‍🧒'",
        "line\nbreak", "line\rbreak", "tab\there", "%27 OR 1=1", "&q=SELECT Id FROM User", "?x=1#", "../../query?q=",
        " ' ",
        "null", "true", "<script>", "${jndi:ldap://x}", "{{x}}", "\\u0027", "\\x27", "\\n' OR '1'='1",
    ]

    /// Returns the literals of a query, unescaped, and the query with `?` in place of each.
    static func parts(_ soql: String) -> (shape: String, literals: [String]) {
        var shape = ""
        var literals: [String] = []
        var rest = soql.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            guard scalar == "'" else {
                shape.unicodeScalars.append(scalar)
                continue
            }
            var literal = String.UnicodeScalarView()
            while let inner = rest.popFirst(), inner != "'" {
                guard inner == "\\" else {
                    literal.append(inner)
                    continue
                }
                switch rest.popFirst() {
                case "n": literal.append("\n")
                case "r": literal.append("\r")
                case "t": literal.append("\t")
                case "'": literal.append("'")
                case "\"": literal.append("\"")
                case "\\": literal.append("\\")
                default: return ("a strange escape", [])
                }
            }
            literals.append(String(literal))
            shape += "?"
        }
        return (shape, literals)
    }

    /// Returns the text as a composite request may hold it.
    private static func neutral(_ text: String) -> String { text.substituting("@ {", for: "@{") }

    @Test(arguments: corpus) func `as an e-mail address it is one literal`(text: String) async throws {
        let fixture = try CRMFixture()
        _ = try await fixture.lookup(["email": "a@b.example"])
        let shapes = fixture.crm.queries.map { Self.parts($0).shape }
        let address = "\(text)@b.example"
        let isControlled = text.unicodeScalars.contains { $0.value < 0x20 }
        let found = try await fixture.lookup(["email": .string(address)])
        #expect(found["status"] == "none" && fixture.crm.refusals.isEmpty)
        guard !isControlled else {
            #expect(fixture.crm.queries.count == 2)
            return
        }
        let asked = fixture.crm.queries.suffix(2).map(Self.parts)
        #expect(asked.map(\.shape) == shapes)
        #expect(asked.allSatisfy { $0.literals == [Self.neutral(address)] }, "\(fixture.crm.queries)")
        #expect(fixture.crm.queries.allSatisfy { !$0.utf8.elementsEqual("@{".utf8) && !$0.contains("@{") })
    }

    @Test(arguments: corpus) func `as a number or a case number it is none, without a request`(text: String)
        async throws
    {
        let fixture = try CRMFixture(["CRM_CASE_BY_NUMBER": "anyone"])
        for name in ["phone", "caseNumber"] {
            for value in [text, "+12065550142\(text)", "\(text)+12065550142"] {
                #expect(try await fixture.lookup([name: .string(value)])["status"] == "none")
            }
        }
        for value in [text, "+12065550142\(text)"] {
            #expect(try await fixture.lookup(from: value)["status"] == "none")
        }
        #expect(fixture.crm.calls.isEmpty && fixture.crm.signIns == 0)
    }

    @Test(arguments: corpus) func `in a case's texts it is a value`(text: String) async throws {
        let fixture = try CRMFixture()
        let names = [
            "subject": "Subject", "description": "Description", "priority": "Priority", "origin": "Origin",
            "type": "Type", "reason": "Reason",
        ]
        let parameters = names.keys.reduce(into: ["operation": "createCase"]) { $0[$1] = JSONValue.string(text) }
        #expect(try await fixture.lookup(parameters)["status"] == "created")
        guard case .composite(let parts) = fixture.crm.calls.last else {
            Issue.record("no composite request")
            return
        }
        for field in names.values { #expect(parts[0].body?[field]?.string == Self.neutral(text)) }
        #expect(
            parts.map(\.url) == [
                "/services/data/v62.0/sobjects/Case",
                "/services/data/v62.0/sobjects/Case/@{created.id}?fields=CaseNumber",
            ])
        #expect(parts[0].body?.text.contains("@{") == false && fixture.crm.refusals.isEmpty)
    }

    @Test(arguments: corpus) func `in a task's texts it is a value`(text: String) async throws {
        let fixture = try CRMFixture()
        #expect(
            try await fixture.lookup([
                "operation": "createTask", "subject": .string(text), "description": .string(text),
                "priority": .string(text),
            ])["status"] == "created")
        guard case .create("Task", let body) = fixture.crm.calls.last else {
            Issue.record("no creation")
            return
        }
        for field in ["Subject", "Description", "Priority"] { #expect(body[field]?.string == text) }
    }

    @Test(arguments: corpus) func `in place of an id it is refused`(text: String) async throws {
        let fixture = try CRMFixture()
        let fifteen = String((text + "0035f00000MARIA").prefix(15))
        for (operation, names) in [
            "createCase": ["contactId", "accountId"],
            "createTask": ["whoId", "whatId", "ownerId", "dueMinutes", "callType"],
        ] {
            for name in names {
                // What has the form of an id may be one of any object that a task can be about.
                let isID = name == "whatId" && fifteen.utf8.allSatisfy(\.isASCIILetterOrDigit)
                for value in [text, isID ? text : fifteen, "003\(text)"] {
                    let error = await #expect(throws: FunctionError.self) {
                        try await fixture.lookup([
                            "operation": .string(operation), "subject": "x", name: .string(value),
                        ])
                    }
                    #expect(error?.errorType == "Function.InvalidRequest")
                    #expect(error?.description.contains(name) == true)
                }
            }
        }
        #expect(fixture.crm.signIns == 0 && fixture.aws.calls.isEmpty)
    }
}
