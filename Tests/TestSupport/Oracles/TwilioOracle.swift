package import JSON
import Settings

/// Twilio's own library for Python: `Tests/TestSupport/Python/twilio_oracle.py`.
package enum TwilioOracle {
    /// Returns one line for each case.
    package static func answers(_ cases: [JSONValue]) throws -> [String] {
        try PythonOracle.answers(of: "twilio_oracle.py", to: cases)
    }

    /// Returns the signature that Twilio's library computes.
    package static func signature(
        _ token: String, _ url: String, _ parameters: [(name: String, value: String)]
    ) throws -> String {
        try answers([
            .object([
                "kind": .string("sign"), "token": .string(token), "url": .string(url),
                "parameters": pairs(parameters),
            ])
        ])[0]
    }

    package static func pairs(_ parameters: [(name: String, value: String)]) -> JSONValue {
        .array(parameters.map { .array([.string($0.name), .string($0.value)]) })
    }
}
