import ArgumentParser
import Foundation
import LocalServices

/// The option `--salesforce`, and the files that add to the local Salesforce.
struct SalesforceFile: ParsableArguments {
    @Option(
        name: .customLong("salesforce"),
        help: ArgumentHelp(
            """
            A JSON file with objects, records, faults and a pace for the local Salesforce, beside those of \
            events/<Function>/salesforce.json.
            """, valueName: "file"), completion: .file())
    var path: String?

    /// Returns what the given file adds; nil when none is given.
    func addition() throws -> SalesforceAddition? {
        try path.map { try Self.addition(URL(filePath: $0)) }
    }

    /// Returns what a file adds to the local Salesforce.
    static func addition(_ file: URL) throws -> SalesforceAddition {
        do {
            return try SalesforceAddition(Files.json(file, "file for the local Salesforce"))
        } catch let fault as SalesforceAddition.Fault {
            throw Refusal("\(file.path): \(fault)")
        }
    }
}
