/// A fault that fuzzing found.
struct Finding: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }

    /// Throws unless the condition holds.
    static func unless(_ holds: Bool, _ description: @autoclosure () -> String) throws {
        if !holds { throw Finding(description()) }
    }
}

/// Returns the result of a reader, nil when it refuses with an error of its own types; any other error is a finding.
func read<Value>(_ refusals: any Error.Type..., body: () throws -> Value) throws -> Value? {
    do {
        return try body()
    } catch let finding as Finding {
        throw finding
    } catch {
        let type = ObjectIdentifier(type(of: error))
        guard refusals.contains(where: { ObjectIdentifier($0) == type }) else {
            throw Finding("an untyped error, \(Swift.type(of: error)): \(error)")
        }
        return nil
    }
}
