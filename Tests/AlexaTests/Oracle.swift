import Foundation
import JSON
import Settings
import TestSupport
import Testing

@testable import Alexa

/// Amazon's own Python models: `Tests/TestSupport/Python/alexa_oracle.py`.
enum Oracle {
    enum Kind: String {
        case request, response, model, manifest, linking
    }

    static let root = URL(filePath: #filePath).appending(path: "../../..").standardized

    /// Returns the members that each value loses or gains in Amazon's models; empty where there are none.
    static func faults(_ cases: [(kind: Kind, value: JSONValue)]) throws -> [String] {
        try PythonOracle.answers(
            of: "alexa_oracle.py", to: cases.map { .object(["kind": .string($0.kind.rawValue), "value": $0.value]) })
    }
}
