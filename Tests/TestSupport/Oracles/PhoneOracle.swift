import Foundation
import JSON

/// Google's libphonenumber, in Python: `Tests/TestSupport/Python/phone_oracle.py`.
package enum PhoneOracle {
    /// A number as somebody writes it.
    package struct Case: Sendable, CustomStringConvertible {
        /// The kind of number and the form, such as `example mobile national`.
        package let form: String
        package let text: String
        /// The calling code of the country that it is written in.
        package let country: String
        /// The number that is meant, in E.164.
        package let number: String

        package var description: String { "\(form): \(text) under \(country) is \(number)" }
    }

    /// Returns examples and random numbers of every calling code, with what they are in every form.
    ///
    /// - Parameter count: The number of random numbers for each kind of each region.
    package static func cases(callingCodes: [String], seed: Int, count: Int) throws -> [Case] {
        let asked = callingCodes.map { code in
            JSONValue.members([
                "code": .number(Int(code) ?? 0), "seed": .number(seed), "count": .number(count),
            ])
        }
        return try PythonOracle.answers(of: "phone_oracle.py", to: asked).flatMap { line in
            try JSONDecoder().decode([[String]].self, from: Data(line.utf8)).map {
                Case(form: $0[0], text: $0[1], country: $0[2], number: $0[3])
            }
        }
    }

    /// Returns the text of the file with the table of numbering plans, made from the metadata again.
    package static func table() throws -> String {
        let line = try PythonOracle.answers(of: "phone_oracle.py", to: [.members(["table": .bool(true)])])[0]
        return try JSONDecoder().decode(String.self, from: Data(line.utf8))
    }
}
