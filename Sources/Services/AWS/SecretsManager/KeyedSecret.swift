import JSON
package import Settings

/// The source of the values of some keys: `<NAME>_SECRET_ARN`, a secret whose JSON object holds them, or variables of the
/// keys' own names.
package struct KeyedSecret: Sendable {
    /// A key, its purpose, which completes "give …", and the values that are of use.
    package struct Key: Sendable {
        package let name: String
        package let purpose: String
        /// The least number of characters: a shorter value can be guessed.
        package let minimumLength: Int
        /// True when the secret may lack it.
        let isOptional: Bool
        /// The form of a value, which completes "must be …"; nil for any.
        let expectation: String?
        let isValid: @Sendable (_ value: String) -> Bool

        package init(
            _ name: String, _ purpose: String, minimumLength: Int = 0, isOptional: Bool = false,
            expecting expectation: String? = nil,
            isValid: @escaping @Sendable (_ value: String) -> Bool = { _ in true }
        ) {
            self.name = name
            self.purpose = purpose
            self.minimumLength = minimumLength
            self.isOptional = isOptional
            self.expectation = expectation
            self.isValid = isValid
        }
    }

    /// The values by key; the secret's own, and the variables' where it lacks one.
    package typealias Values = [String: Redacted<String>]

    let variable: String
    let keys: [Key]
    /// Nil when there are only plain variables.
    let secret: (id: String, aws: AWSConfiguration)?
    let plain: Values

    /// The values themselves, for tests and for callers that have them.
    package init(_ values: [String: String]) {
        variable = ""
        keys = []
        secret = nil
        plain = values.mapValues(Redacted.init)
    }

    private init(_ variable: String, _ keys: [Key], _ secret: (String, AWSConfiguration)?, _ plain: Values) {
        self.variable = variable
        self.keys = keys
        self.secret = secret
        self.plain = plain
    }

    /// Reads the variable that names the secret, and AWS's with it; without it every required key must be a variable.
    ///
    /// A plain variable that is malformed or too short is a fault, beside a secret too: it counts where that lacks the key.
    /// Keys that the secret itself lacks are reported when it has been read.
    package static func variable(_ name: String, _ keys: Key...) -> Variable<KeyedSecret> {
        Variable { environment, faults in
            let before = faults.count
            var plain: Values = [:]
            for key in keys { plain[key.name] = environment[key.name].map(Redacted.init) }
            let variables = KeyedSecret(name, keys, nil, plain)
            guard let id = environment[name] else {
                faults += variables.missing(in: plain) + variables.malformed(in: plain) + variables.short(in: plain)
                return faults.count == before ? variables : nil
            }
            faults += variables.malformed(in: plain) + variables.short(in: plain)
            guard let aws = AWSConfiguration.variable.read(environment, &faults), faults.count == before else {
                return nil
            }
            return KeyedSecret(name, keys, (id, aws), plain)
        }
    }

    /// Parses a secret's text: the values of the keys that it holds, and the variables' for the others.
    ///
    /// Throws an `EnvironmentError` that names the keys that the secret lacks, and those with malformed values. A value that
    /// is too short is none of them: the function starts, and says so at each invocation.
    func values(parsing text: String) throws(EnvironmentError) -> Values {
        guard let object = (try? JSONValue(parsing: Array(text.utf8)))?.object else {
            throw EnvironmentError(faults: ["The secret of \(variable) must be a JSON object."])
        }
        var values = plain
        for key in keys {
            // A value that is JSON itself may stand there as it is, or as its text.
            let value = object[key.name]
            let text = value?.object == nil ? value?.string : value?.text
            if let text, !text.isEmpty { values[key.name] = Redacted(text) }
        }
        let faults = missing(in: values) + malformed(in: values)
        guard faults.isEmpty else { throw EnvironmentError(faults: faults) }
        return values
    }

    /// Returns a sentence for each key without a value, optional ones apart.
    private func missing(in values: Values) -> [String] {
        keys.filter { values[$0.name] == nil && !$0.isOptional }.map {
            secret == nil
                ? "\($0.name) is not set: give \($0.purpose), or the secret that holds it in \(variable)."
                : "The secret of \(variable) has no \($0.name): give \($0.purpose)."
        }
    }

    private func malformed(in values: Values) -> [String] {
        keys.compactMap { key in
            guard let expectation = key.expectation, let value = values[key.name], !key.isValid(value.value) else {
                return nil
            }
            return "\(subject(key)) must be \(expectation)."
        }
    }

    /// Returns a sentence for each value that is too short.
    func short(in values: Values) -> [String] {
        keys.compactMap { key in
            guard let value = values[key.name], value.value.unicodeScalars.count < key.minimumLength else { return nil }
            return "\(subject(key)) must have at least \(key.minimumLength) characters: give \(key.purpose)."
        }
    }

    private func subject(_ key: Key) -> String {
        secret == nil ? key.name : "\(key.name) in the secret of \(variable)"
    }
}
