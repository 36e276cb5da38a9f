import Testing

@testable import Salesforce

struct SOQLTests {
    private static let attempts = [
        "' OR Name != '", "\\' OR Name != '", "\\", "\\\\", "'", "''", "a'b\"c", "x\ny\rz\tw", "%' --", "'; DELETE",
        "\u{301}'", "'\u{301} OR 1=1", "é\u{0}'", "' LIMIT 1 OFFSET 0 //", "\u{2019}", "O'Neill", "",
    ]

    @Test(arguments: attempts)
    func `a text stays one literal, whatever it holds`(_ text: String) {
        let query: SOQL = "SELECT Id FROM Lead WHERE Name = \(text) LIMIT 1"
        let literals = Self.literals(of: query.text)
        #expect(literals == [text])
        #expect(Self.outside(query.text) == "SELECT Id FROM Lead WHERE Name =  LIMIT 1")
    }

    @Test(arguments: attempts)
    func `lists and patterns stay what they are`(_ text: String) {
        let query: SOQL = "SELECT Id FROM Lead WHERE Name IN \([text, text]) OR Name LIKE \(prefix: text)"
        let literals = Self.literals(of: query.text)
        #expect(literals.prefix(2) == [text, text])
        #expect(literals.count == 3)
        #expect(Self.outside(query.text) == "SELECT Id FROM Lead WHERE Name IN (,) OR Name LIKE ")
    }

    @Test func `a pattern's own wildcards are the only ones`() {
        let text = "50%_a"
        #expect(SOQL("\(prefix: text)").text == #"'50\%\_a%'"#)
        #expect(SOQL("\(containing: text)").text == #"'%50\%\_a%'"#)
        #expect(SOQL("\(text)").text == "'50%_a'")
    }

    @Test func `numbers, truths and names are written bare`() {
        let field: APIName = "Contact_Id__c"
        #expect(SOQL("\(field) = \(3) AND \(true)").text == "Contact_Id__c = 3 AND true")
        for name in ["", "1a", "a b", "a'b", "a)b", "a.b", "é", "_a", "a\n"] { #expect(APIName(name) == nil) }
    }

    @Test func `a caller's own query is a SELECT or none`() {
        for query in ["SELECT Id FROM Lead", " \n select\tId FROM Lead", "sElEcT Id"] {
            #expect(SOQL(selectedBy: query)?.text == query)
        }
        for query in ["", "SELECT", "SELECTED x", "FIND {a}", "DELETE FROM Lead", "x SELECT Id", "/* */ SELECT a"] {
            #expect(SOQL(selectedBy: query) == nil)
        }
    }

    /// Returns the literals in Salesforce's reading: from one bare quote to the next, escapes resolved.
    private static func literals(of query: String) -> [String] {
        var literals: [String] = []
        var current: String.UnicodeScalarView?
        var scalars = query.unicodeScalars.makeIterator()
        while let scalar = scalars.next() {
            if scalar == "'" {
                if let text = current { literals.append(String(text)) }
                current = current == nil ? "".unicodeScalars : nil
            } else if scalar == "\\", current != nil {
                guard let escaped = scalars.next() else { break }
                let meaning: [Unicode.Scalar: Unicode.Scalar] = ["n": "\n", "r": "\r", "t": "\t"]
                current?.append(meaning[escaped] ?? escaped)
            } else {
                current?.append(scalar)
            }
        }
        #expect(current == nil)
        return literals
    }

    /// The query without its literals.
    private static func outside(_ query: String) -> String {
        var (text, isInside) = ("", false)
        var scalars = query.unicodeScalars.makeIterator()
        while let scalar = scalars.next() {
            if scalar == "'" {
                isInside.toggle()
            } else if scalar == "\\", isInside {
                _ = scalars.next()
            } else if !isInside {
                text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}
