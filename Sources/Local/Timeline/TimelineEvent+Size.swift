import JSON

extension TimelineEvent {
    /// The most bytes of one string in an event.
    private static let stringLimit = 256 << 10
    /// The weight above which an event's strings and lists are cut further.
    private static let detailLimit = 2 << 20

    /// About the size of the event in memory, in bytes.
    var weight: Int {
        256 + title.utf8.count + (command?.utf8.count ?? 0) + (detail?.weight ?? 0)
    }

    /// The event with the long strings of its detail cut, so that one event cannot fill the timeline.
    var shortened: TimelineEvent {
        guard let detail, detail.weight > Self.stringLimit else { return self }
        var event = self
        var shorter = detail.shortened(strings: Self.stringLimit, elements: 10_000)
        if shorter.weight > Self.detailLimit { shorter = detail.shortened(strings: 4 << 10, elements: 100) }
        if shorter.weight > Self.detailLimit { shorter = ["leftOut": .number(detail.weight)] }
        event.detail = shorter
        return event
    }
}

extension JSONValue {
    /// About the size of the value in memory, in bytes.
    var weight: Int {
        switch self {
        case .null, .bool: 16
        case .number(let text), .string(let text): 16 + (text.utf8.count > 15 ? text.utf8.count + 32 : 0)
        case .array(let elements): elements.reduce(48) { $0 + $1.weight }
        case .object(let members): members.reduce(64) { $0 + 48 + $1.key.utf8.count + $1.value.weight }
        }
    }

    /// Returns the value with strings of at most so many bytes and lists of at most so many elements.
    func shortened(strings: Int, elements: Int) -> JSONValue {
        switch self {
        case .string(let text): .string(text.cut(to: strings))
        case .array(let list):
            .array(
                list.prefix(elements).map { $0.shortened(strings: strings, elements: elements) }
                    + (list.count > elements ? [.string("(\(list.count - elements) more)")] : []))
        case .object(let members):
            .object(members.mapValues { $0.shortened(strings: strings, elements: elements) })
        case .null, .bool, .number: self
        }
    }
}

extension String {
    /// Returns the string, or its first bytes with a note of how many there are in all.
    package func cut(to limit: Int) -> String {
        guard utf8.count > limit else { return self }
        return String(decoding: utf8.prefix(limit), as: UTF8.self) + "… (\(utf8.count) bytes)"
    }
}
