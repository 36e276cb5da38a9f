extension JSONValue {
    /// Reads one JSON text.
    ///
    /// Throws `Function.InvalidRequest` for what is not JSON, or is nested deeper than 200 levels.
    package init(parsing bytes: [UInt8]) throws(FunctionError) {
        var terminated = bytes
        terminated.append(0)
        self = try terminated.withUnsafeBufferPointer { bytes throws(FunctionError) in
            try JSONValue(parsing: UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes.dropLast())))
        }
    }

    /// As `init(parsing:)`, for bytes with a zero behind them.
    init(parsing terminated: UnsafeRawBufferPointer) throws(FunctionError) {
        let reader = JSONReader()
        try JSONText.read(terminated: terminated) { event, _ in reader.take(event) }
        guard let value = reader.value else { throw FunctionError(.invalidRequest, "The event is nested too deep.") }
        self = value
    }
}

/// Puts a value together from the events of a text.
private final class JSONReader {
    /// What calls us sends about ten levels; whoever walks a value must not run out of stack.
    static let maximumDepth = 200

    private enum Container {
        case object([String: JSONValue], key: String)
        case array([JSONValue])
    }

    private(set) var value: JSONValue?
    private var open: [Container] = []

    /// False when the text is nested too deep.
    func take(_ event: JSONEvent) -> Bool {
        switch event {
        case .null: put(.null)
        case .bool(let bool): put(.bool(bool))
        case .number(let digits): put(.number(digits))
        case .string(let text): put(.string(text))
        case .key(let name):
            if case .object(let members, _) = open.popLast() { open.append(.object(members, key: name)) }
        case .startObject: open.append(.object([:], key: ""))
        case .startArray: open.append(.array([]))
        case .endObject, .endArray:
            switch open.popLast() {
            case .object(let members, _): put(.object(members))
            case .array(let elements): put(.array(elements))
            case nil: break
            }
        }
        return open.count <= Self.maximumDepth
    }

    private func put(_ value: JSONValue) {
        // Taken out before it is changed, so that it is not copied.
        switch open.popLast() {
        case .object(var members, let key):
            members[key] = value
            open.append(.object(members, key: key))
        case .array(var elements):
            elements.append(value)
            open.append(.array(elements))
        case nil: self.value = value
        }
    }
}
