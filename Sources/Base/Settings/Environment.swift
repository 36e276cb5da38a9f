import Glibc

/// The environment variables of the process, read once at start.
///
/// An empty variable counts as absent: SAM passes empty strings for omitted parameters.
package struct Environment: Sendable {
    private let variables: [String: String]
    /// The names of variables that are there and empty.
    private let empty: Set<String>

    /// An environment of the given variables; tests and local runs build theirs this way.
    package init(_ variables: [String: String]) {
        self.variables = variables.filter { !$0.value.isEmpty }
        empty = Set(variables.filter(\.value.isEmpty).keys)
    }

    /// The environment of this process.
    package static func ofProcess() -> Environment {
        var variables: [String: String] = [:]
        var entry = environ
        while let text = entry.pointee {
            if let equals = strchr(text, CInt(UInt8(ascii: "="))) {
                let name = UnsafeBufferPointer(start: text, count: equals - text)
                variables[String(decoding: UnsafeRawBufferPointer(name), as: UTF8.self)] = String(cString: equals + 1)
            }
            entry += 1
        }
        return Environment(variables)
    }

    /// The variable's value, nil when it is absent or empty.
    package subscript(name: String) -> String? {
        variables[name]
    }

    /// Returns true for a variable that is there and empty, where that means something else than its absence.
    package func isEmpty(_ name: String) -> Bool { empty.contains(name) }

    /// Returns every given variable, or throws one error that names each that is missing or malformed.
    package func read<each Value>(_ variable: repeat Variable<each Value>) throws(EnvironmentError)
        -> (repeat each Value)
    {
        var faults: [String] = []
        guard let values = read(&faults, repeat each variable), faults.isEmpty else {
            throw EnvironmentError(faults: faults)
        }
        return values
    }

    /// Like `read(_:)`, for the parts of a compound variable: appends their faults, and returns nil when there are any.
    package func read<each Value>(_ faults: inout [String], _ variable: repeat Variable<each Value>)
        -> (repeat each Value)?
    {
        unwrapped(repeat (each variable).read(self, &faults))
    }
}

/// Returns all of the values, or nil when one is missing.
private func unwrapped<each Value>(_ value: repeat (each Value)?) -> (repeat each Value)? {
    func unwrap<T>(_ value: T?) throws(MissingValue) -> T {
        guard let value else { throw MissingValue() }
        return value
    }
    return try? (repeat unwrap(each value))
}

private struct MissingValue: Error {}

/// The faults of the environment, all in one message, posted to `/init/error`.
package struct EnvironmentError: TypedError, Equatable {
    /// One sentence per variable, naming it and the value to give; never its value.
    package let faults: [String]

    /// Takes each sentence once: settings that share variables report the same faults.
    package init(faults: [String]) {
        var seen: Set<String> = []
        self.faults = faults.filter { seen.insert($0).inserted }
    }

    package var errorType: String { "Function.InvalidEnvironment" }
    package var description: String { faults.joined(separator: " ") }
}
