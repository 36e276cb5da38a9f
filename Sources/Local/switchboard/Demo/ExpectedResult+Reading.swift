import Foundation
import JSON
import LocalServices
import Settings

extension ExpectedResult {
    /// Reads a file of expectations: an object by event name, without `.json`.
    static func read(_ url: URL) throws -> [String: ExpectedResult] {
        guard case .object(let entries) = try Files.json(url, "file of expectations") else {
            throw Refusal("\(url.path) must be a JSON object that has an expectation for each event, by its name.")
        }
        return try Dictionary(
            uniqueKeysWithValues: entries.map { name, value in
                guard let expectation = ExpectedResult(value) else {
                    throw Refusal(
                        "The expectation of \(name) in \(url.path) must be \"$event\" or an object of the answer's fields."
                    )
                }
                return (name, expectation)
            })
    }
}
