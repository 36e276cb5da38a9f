import JSON
package import Settings

/// The source of the values of some keys: `<NAME>_SECRET_ARN`, a secret whose JSON object holds them, or variables of the
/// keys' own names.
package struct KeyedSecret: Sendable {
    /// A key, and its purpose, which completes "give …".
    package struct Key: Sendable {
        package let name: String
        package let purpose: String

        package init(_ name: String, _ purpose: String) {
            self.name = name
            self.purpose = purpose
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

    /// Reads the variable that names the secret, and AWS's with it; without it every key must be a variable.
    ///
    /// Keys that the secret itself lacks are reported when it has been read.
    package static func variable(_ name: String, _ keys: Key...) -> Variable<KeyedSecret> {
        Variable { environment, faults in
            let before = faults.count
            var plain: Values = [:]
            for key in keys { plain[key.name] = environment[key.name].map(Redacted.init) }
            guard let id = environment[name] else {
                let source = KeyedSecret(name, keys, nil, plain)
                faults += source.faults(of: plain)
                return faults.count == before ? source : nil
            }
            return AWSConfiguration.variable.read(environment, &faults).map {
                KeyedSecret(name, keys, (id, $0), plain)
            }
        }
    }

    /// Parses a secret's text: the values of the keys that it holds, and the variables' for the others.
    ///
    /// Throws an `EnvironmentError` that names the keys that the secret lacks.
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
        let faults = faults(of: values)
        guard faults.isEmpty else { throw EnvironmentError(faults: faults) }
        return values
    }

    /// Returns a sentence for each key without a value.
    func faults(of values: Values) -> [String] {
        keys.filter { values[$0.name] == nil }.map {
            secret == nil
                ? "\($0.name) is not set: give \($0.purpose), or the secret that holds it in \(variable)."
                : "The secret of \(variable) has no \($0.name): give \($0.purpose)."
        }
    }
}
