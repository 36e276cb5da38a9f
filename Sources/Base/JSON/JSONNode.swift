/// The output of an encoder for a type, to be written: values that are whole, objects and arrays in the making.
enum JSONNode {
    case value(JSONValue)
    case object(JSONObjectBox)
    case array(JSONArrayBox)
    /// A nested container's encoder, which knows its node at the end.
    case encoder(JSONValueEncoder)
}

/// An object in the making: a list, since a table by name would be read once, in the order of names.
final class JSONObjectBox {
    private var members: [(name: String, node: JSONNode)] = []

    func set(_ name: String, _ node: JSONNode) {
        if members.isEmpty { members.reserveCapacity(8) }
        members.append((name, node))
    }

    /// The members by name; of several of one name the last.
    var sorted: [(name: String, node: JSONNode)] {
        // Stable, as the standard library's sort is in fact; Foundation's encoder keeps the last too.
        let sorted = members.enumerated().sorted {
            $0.element.name == $1.element.name ? $0.offset < $1.offset : $0.element.name < $1.element.name
        }
        var unique: [(name: String, node: JSONNode)] = []
        unique.reserveCapacity(sorted.count)
        for (_, member) in sorted {
            if unique.last?.name == member.name { unique.removeLast() }
            unique.append(member)
        }
        return unique
    }
}

/// An array in the making.
final class JSONArrayBox {
    private(set) var elements: [JSONNode] = []

    var count: Int { elements.count }

    func append(_ node: JSONNode) { elements.append(node) }
}

/// The keys that lead to a value, made into a list only for an error.
indirect enum JSONPath {
    case root
    case member(of: JSONPath, any CodingKey)

    func member(_ key: any CodingKey) -> JSONPath { .member(of: self, key) }

    var keys: [any CodingKey] {
        switch self {
        case .root: []
        case .member(let path, let key): path.keys + [key]
        }
    }
}
