/// The text of a file of stacks/: sections that begin in the first column, each with its items.
struct StackText {
    private var lines: [String]

    init(_ text: String) {
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    var text: String { lines.joined(separator: "\n") }

    /// Returns the first value of a key of an item in a section; nil without one.
    func value(of key: String, in section: String) -> String? {
        guard let range = range(of: section) else { return nil }
        let prefix = "    \(key): "
        return lines[range].first { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
    }

    /// The condition that holds when the group is switched on: `DeployX: !Equals [!Ref <Switch>, "true"]`; nil without one.
    var switchCondition: String? {
        let head = "Switch: "
        guard let name = lines.first(where: { $0.hasPrefix(head) })?.dropFirst(head.count),
            let conditions = range(of: "Conditions")
        else { return nil }
        let end = ": !Equals [!Ref \(name), \"true\"]"
        return lines[conditions].first { $0.hasSuffix(end) }.map { String($0.dropLast(end.count).drop { $0 == " " }) }
    }

    /// Adds lines at the end of a section, which is made before Resources, Outputs or the end where there is none.
    mutating func append(_ item: String, to section: String, afterBlankLine: Bool = false) {
        let added = item.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if let range = range(of: section) {
            lines.insert(contentsOf: (afterBlankLine ? [""] : []) + added, at: range.upperBound)
            return
        }
        let next = lines.firstIndex { $0 == "Resources:" || $0 == "Outputs:" }
        let place = next.map { before($0) } ?? before(lines.count)
        lines.insert(contentsOf: ["", "\(section):"] + added, at: place)
    }

    /// The lines of a section from its head to its last item; nil without the section.
    private func range(of section: String) -> Range<Int>? {
        guard let head = lines.firstIndex(of: "\(section):") else { return nil }
        let next = lines[(head + 1)...].firstIndex { line in
            line.first.map { $0 != " " && $0 != "#" } ?? false
        }
        return head..<before(next ?? lines.count)
    }

    /// The place behind the last line before `end` that is neither blank nor a comment of what comes then.
    private func before(_ end: Int) -> Int {
        var place = end
        while place > 0, lines[place - 1].isEmpty || lines[place - 1].hasPrefix("#") { place -= 1 }
        return place
    }
}
