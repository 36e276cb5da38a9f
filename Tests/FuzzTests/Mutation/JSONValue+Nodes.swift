import JSON

extension JSONValue {
    /// The number of values in it, itself included.
    var nodeCount: Int {
        switch self {
        case .object(let members): members.values.reduce(1) { $0 + $1.nodeCount }
        case .array(let elements): elements.reduce(1) { $0 + $1.nodeCount }
        default: 1
        }
    }

    /// Returns the value at a position, in the order of names; 0 is itself.
    func node(_ position: Int) -> JSONValue {
        if position == 0 { return self }
        var rest = position - 1
        let children: [JSONValue] =
            switch self {
            case .object(let members): members.sorted { $0.key < $1.key }.map(\.value)
            case .array(let elements): elements
            default: []
            }
        for child in children {
            let count = child.nodeCount
            if rest < count { return child.node(rest) }
            rest -= count
        }
        return self
    }
}
