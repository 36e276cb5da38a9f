import Testing

@testable import Salesforce

struct SOQLWordsTests {
    @Test(arguments: [
        "SELECT Id FROM Lead FOR VIEW", "SELECT Id FROM Lead LIMIT 1 FOR REFERENCE", "SELECT Id FROM Lead FOR UPDATE",
        "SELECT Title FROM FAQ__kav UPDATE TRACKING", "SELECT Title FROM FAQ__kav UPDATE VIEWSTAT",
        "select id from lead for view", "SELECT Id FROM Lead FoR\tvIeW", "SELECT Id FROM Lead FOR\r\n\r\nVIEW",
        "SELECT Id FROM Lead FOR\u{B}\u{C}VIEW", "SELECT Id FROM Lead FOR\u{A0}VIEW",
        "SELECT Id FROM Lead FOR\u{2003}VIEW",
        "SELECT Id FROM Lead FOR\u{200B}VIEW", "SELECT Id FROM Lead FOR\u{FEFF}VIEW",
        "SELECT Id FROM Lead FOR\u{0}VIEW",
        "SELECT Id FROM Lead FOR/**/VIEW", "SELECT Id FROM Lead FOR /* ' */ VIEW", "SELECT Id FROM Lead FOR -- '\nVIEW",
        "SELECT Id FROM Lead FOR // x\r UPDATE", "SELECT Id FROM Lead /* FOR */ FOR VIEW",
        "SELECT Id FROM Lead FOR VIEW, FOR REFERENCE", "SELECT Id FROM Lead FOR REFERENCE, VIEW",
        "SELECT Id FROM X UPDATE TRACKING, VIEWSTAT", "SELECT Id FROM X UPDATE VIEWSTAT, TRACKING",
        "SELECT Id, (SELECT Id FROM Contacts FOR VIEW) FROM Account", "SELECT Id FROM Lead LIMIT 1FOR VIEW",
        "SELECT Id FROM Lead WHERE CreatedDate > 2024-01-01T00:00:00ZFOR VIEW",
        "SELECT Id FROM X WHERE A > 1e5FOR UPDATE",
        "SELECT Id FROM X WHERE CreatedDate = LAST_N_DAYS:5FOR VIEW", "SELECT Id FROM Lead WHERE Name = 'x'FOR VIEW",
        "SELECT Id FROM Lead WHERE Name = 'it\\'s' FOR VIEW", "SELECT Id FROM Lead WHERE Name = 'x\\\\' FOR VIEW",
        "SELECT Id FROM Lead WHERE Name = '' FOR VIEW", "SELECT Id FROM Lead WHERE (Name = 'a')FOR VIEW",
        "SELECT Id FROM Lead WHERE Name = 'a\u{301}' FOR VIEW", "SELECT Id FROM Lead WHERE Name = 'a'\u{301} FOR VIEW",
        "SELECT Id FROM Lead FOR VIEW'", "SELECT Id FROM Lead FOR FOR VIEW", "SELECT Id FROM Lead FOR V\u{131}EW",
        "SELECT Id FROM X UPDATE TRAC\u{212A}ING", "SELECT Id FROM X UPDATE VIEW\u{17F}TAT",
        "SELECT Id FROM Lead WHERE Name = \" FOR VIEW \"", "SELECT Id FROM Lead FOR VIEW;",
    ])
    func `a query that notes, counts or locks is none of a caller's, however it is written`(_ query: String) {
        #expect(SOQLWords(query).doesMoreThanRead)
        #expect(SOQL(selectedBy: query) == nil)
    }

    @Test(arguments: [
        "SELECT Id FROM Lead WHERE Name = 'FOR VIEW'", "SELECT Id FROM Lead WHERE Name = 'a\\' FOR VIEW'",
        "SELECT Id FROM Lead WHERE Name = 'FOR' AND Title = 'VIEW'",
        "SELECT Id FROM Lead WHERE Name = '\\\\\\' FOR UPDATE'",
        "SELECT Id FROM Lead WHERE Name LIKE '%UPDATE TRACKING%' LIMIT 5", "SELECT For__c, View__c FROM X__c",
        "SELECT Update__c, Tracking__c FROM X__c", "SELECT For__c View__c FROM X__c GROUP BY For__c",
        "SELECT COUNT(Id) view, MAX(Amount) tracking FROM Account GROUP BY Name",
        "SELECT Id FROM Account view WHERE view.Id != null",
        "SELECT MAX(A) for, MIN(A) view FROM X",
        "SELECT MAX(A) update, MIN(A) tracking FROM X ORDER BY update, tracking",
        "SELECT Id FROM Account for, for.Contacts view", "SELECT a.for view FROM X a GROUP BY a.for",
        "SELECT Id FROM Account update WHERE update.Id != null", "SELECT Id FROM FORVIEW",
        "SELECT Id FROM X WHERE FORVIEW = 1",
        "SELECT Id FROM X WHERE UPDATE_TRACKING__c = true", "SELECT Id, (SELECT Id FROM Contacts) FROM Account",
        "SELECT Id FROM ListView FOR", "SELECT Id FROM X WHERE View = 'FOR' ORDER BY View",
        "SELECT FIELDS(ALL) FROM Lead LIMIT 200",
        "SELECT Id FROM Lead WHERE Name = 'VIEW' OR Name = 'FOR\nVIEW'", "SELECT Id FROM Case WHERE Reason FOR = VIEW",
        "SELECT Id FROM Lead WHERE Name = 'FOR' 'VIEW'",
    ])
    func `literals, and fields and aliases of such names, stay`(_ query: String) {
        #expect(!SOQLWords(query).doesMoreThanRead)
        #expect(SOQL(selectedBy: query)?.text == query)
    }

    @Test func `subqueries are counted, and literals are none`() {
        for (query, selects) in [
            ("SELECT Id FROM Lead", 1), ("SELECT Id, (select Id FROM Contacts) FROM Account", 2),
            ("SELECT Id FROM Lead WHERE Name = '(SELECT'", 1),
            ("SELECT Id,(SELECT Id,(SELECT Id FROM Cases) FROM Contacts) FROM Account", 3),
            ("SELECT Selected__c FROM X", 1), ("", 0),
        ] {
            #expect(SOQLWords(query).selects == selects)
        }
    }

    @Test func `a long text is read in one go`() {
        let text = "SELECT Id FROM Lead WHERE Name = '" + String(repeating: "\\'", count: 500_000) + "' FOR VIEW"
        #expect(SOQLWords(text).doesMoreThanRead)
        #expect(!SOQLWords(String(repeating: "FOR ", count: 200_000)).doesMoreThanRead)
        #expect(!SOQLWords(String(repeating: "/*", count: 200_000)).doesMoreThanRead)
    }
}
