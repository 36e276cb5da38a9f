import Settings
import Testing

@testable import CallRecords

struct RecordingLinkSettingsTests {
    private static let least = [
        "RECORDING_LINK_BASE_URL": "https://calls.example.com", "RECORDING_LINK_SECRET": "sixteen-letters-",
    ]

    private static func read(_ changes: [String: String]) throws -> RecordingLinkSettings {
        try Environment(least.merging(changes) { $1 }).read(RecordingLinkSettings.variable)
    }

    private static func faults(_ changes: [String: String]) -> [String] {
        let error = #expect(throws: EnvironmentError.self) { try read(changes) }
        return error?.faults ?? []
    }

    @Test func `days and a previous secret may be left out`() throws {
        let settings = try Self.read([:])
        #expect(settings.base == "https://calls.example.com" && settings.days == nil)
        let whole = try Self.read(["RECORDING_LINK_DAYS": "30", "RECORDING_LINK_SECRET_PREVIOUS": "letters-sixteen-"])
        #expect(whole.days == 30)
    }

    @Test(arguments: ["0", "3651", "-1", "1.5", "a week"])
    func `days are 1 to 3650`(text: String) throws {
        let faults = Self.faults(["RECORDING_LINK_DAYS": text])
        #expect(faults == ["RECORDING_LINK_DAYS must be a whole number from 1 to 3650."])
        #expect(try Self.read(["RECORDING_LINK_DAYS": "1"]).days == 1)
        #expect(try Self.read(["RECORDING_LINK_DAYS": "3650"]).days == 3650)
    }

    @Test func `a secret has at least sixteen characters, and each fault is named`() throws {
        let names = ["RECORDING_LINK_SECRET", "RECORDING_LINK_SECRET_PREVIOUS"]
        let faults = Self.faults(
            ["RECORDING_LINK_DAYS": "x"].merging(names.map { ($0, "fifteen-letters") }) { $1 })
        #expect(faults.count == 3)
        for name in names { #expect(faults.contains { $0.hasPrefix("\(name) must have at least 16 characters") }) }
        // Characters, not bytes.
        #expect(Self.faults(["RECORDING_LINK_SECRET": String(repeating: "é", count: 15)]).count == 1)
        let missing = Self.faults(["RECORDING_LINK_SECRET": ""])
        #expect(missing.count == 1 && missing[0].hasPrefix("RECORDING_LINK_SECRET is not set: "))
    }

    @Test(arguments: [(nil, 138), ("30", 123)])
    func `a link to a contact fits a URL field, whether it expires or not`(days: String?, longest: Int) throws {
        let base = "https://calls.example.com/"
        for count in [longest, longest + 1] {
            let text = base + String(repeating: "p", count: count - base.count)
            for slashes in ["", "/", "//"] {
                let changes = ["RECORDING_LINK_BASE_URL": text + slashes, "RECORDING_LINK_DAYS": days ?? ""]
                guard count == longest else {
                    #expect(Self.faults(changes).first?.contains("at most \(longest) characters") == true)
                    continue
                }
                let settings = try Self.read(changes)
                #expect(settings.base == text)
                let link = RecordingLink(
                    base: settings.base, secret: LinkSecret(Redacted("sixteen-letters-")), days: settings.days)
                let contact = try #require(ContactID("0ac3bf43-7a8e-4e1c-9d5f-2b1a6c7d8e9f"))
                let day = try #require(Day(beginning: "2026-11-21"))
                #expect(link.url(of: contact, recordedOn: day).utf8.count == 255)
            }
        }
    }
}
