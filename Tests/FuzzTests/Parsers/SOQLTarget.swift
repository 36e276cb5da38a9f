import Foundation
import LocalServices
import Salesforce

extension ParserTarget {
    /// SOQL: a value never leaves its quotes, and a caller's query is a SELECT or refused.
    static let soql = ParserTarget(
        name: "soql",
        tokens: [
            "SELECT ", "select\t", " FROM Lead", " WHERE ", "Name = '", "\\'", "'", "\\\\", "''", " LIMIT 1",
            " FOR VIEW", " FOR REFERENCE",
            " UPDATE TRACKING", " FOR UPDATE", "(SELECT Id FROM Contacts)", " USING SCOPE mine", "%", "_", "\u{301}",
            ";", "--", " OR 1=1",
        ],
        seeds: {
            [
                "SELECT Id, Name, Email FROM Lead USING SCOPE mine WHERE IsConverted = false ORDER BY CreatedDate ASC LIMIT 1",
                "SELECT Id FROM Account WHERE Phone IN ('+12065550142','(206) 555-0142') AND Name LIKE 'O\\'Hara%'",
                "SELECT Name, (SELECT Id FROM Contacts) FROM Account WHERE Name = 'FOR VIEW' FOR VIEW", "+12065550142",
                "O'Hara\\ \"x\" 100%_\n\r\t\u{8}\u{C}",
            ].map { Array($0.utf8) }
        },
        check: checkSOQL)

    private static func checkSOQL(_ input: [UInt8]) throws {
        let text = String(decoding: input, as: UTF8.self)
        let plain: SOQL = "SELECT Id FROM Account WHERE Name = \(text)"
        try checkLiteral(plain.text, after: "SELECT Id FROM Account WHERE Name = ", means: text, isPattern: false)
        let pattern: SOQL = "SELECT Id FROM Account WHERE Name LIKE \(containing: text)"
        try checkLiteral(
            pattern.text, after: "SELECT Id FROM Account WHERE Name LIKE ", means: "%" + text + "%", isPattern: true)
        let list: SOQL = "SELECT Id FROM Account WHERE Name IN \([text, text])"
        try Finding.unless(list.text.hasSuffix(")"), "a list is not closed")
        if let selected = SOQL(selectedBy: text) {
            let start = selected.text.drop { $0.isWhitespace }.prefix(6).uppercased()
            try Finding.unless(start == "SELECT", "a caller's query is taken that is no SELECT")
            _ = SalesforceClient.isTooLong(selected)
        }
    }

    private static let escapes: [Unicode.Scalar: Unicode.Scalar] = [
        "n": "\n", "r": "\r", "t": "\t", "b": "\u{8}", "f": "\u{C}", "\"": "\"", "'": "'", "\\": "\\", "%": "%",
        "_": "_",
    ]

    /// Reads the literal by the rules of "Quoted String Escape Sequences": it must end where the query does.
    private static func checkLiteral(_ query: String, after start: String, means text: String, isPattern: Bool) throws {
        var rest = Substring(query).unicodeScalars.dropFirst(start.unicodeScalars.count)
        guard rest.popFirst() == "'" else { throw Finding("a literal does not begin with a quote") }
        var read = String.UnicodeScalarView()
        while let scalar = rest.popFirst(), scalar != "'" {
            guard scalar == "\\" else {
                read.append(scalar)
                continue
            }
            guard let escaped = rest.popFirst().flatMap({ escapes[$0] }) else {
                throw Finding("a literal has an unknown escape")
            }
            read.append(escaped)
        }
        try Finding.unless(rest.isEmpty, "a value leaves its quotes")
        try Finding.unless(Array(read) == Array(text.unicodeScalars), "a literal means another value")
    }
}
