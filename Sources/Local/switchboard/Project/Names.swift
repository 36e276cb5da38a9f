/// Names as people type them: in any case, and with the nearest for a suggestion where there is none like it.
enum Names {
    /// Returns the name that was typed: the same, else the only one that differs from it in case alone.
    static func match(_ typed: String, in names: [String]) -> String? {
        if names.contains(typed) { return typed }
        let alike = names.filter { $0.lowercased() == typed.lowercased() }
        return alike.count == 1 ? alike[0] : nil
    }

    /// Returns the name that somebody may have meant; nil where none is near, or two are equally near.
    static func nearest(_ typed: String, in names: [String]) -> String? {
        let wanted = typed.lowercased()
        let limit = min(3, max(1, wanted.count / 3))
        let near = names.map { (name: $0, distance: distance(wanted, $0.lowercased())) }.filter { $0.distance <= limit }
        if let least = near.map(\.distance).min() {
            let best = near.filter { $0.distance == least }
            return best.count == 1 ? best[0].name : nil
        }
        // An abbreviation, such as SMS or 01.
        guard wanted.count > 1 else { return nil }
        let holding = names.filter { $0.lowercased().contains(wanted) }
        return holding.count == 1 ? holding[0] : nil
    }

    /// Returns `There is no function X. Did you mean Y?`, or the names that there are.
    static func refusal(_ noun: String, _ typed: String, in names: [String], of owner: String = "") -> Refusal {
        let head = "There is no \(noun) \(typed)\(owner)."
        if let nearest = nearest(typed, in: names) { return Refusal("\(head) Did you mean \(nearest)?") }
        return Refusal("\(head) The \(noun)s are: \(names.isEmpty ? "none" : names.joined(separator: ", ")).")
    }

    /// The number of letters that must be inserted, removed, replaced or swapped with the next to make one of the other.
    static func distance(_ left: String, _ right: String) -> Int {
        let (left, right) = (Array(left), Array(right))
        var rows = [Array(0...right.count)]
        for i in 0..<left.count {
            var row = [i + 1]
            for j in 0..<right.count {
                var least = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (left[i] == right[j] ? 0 : 1))
                if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
                    least = min(least, rows[i - 1][j - 1] + 1)
                }
                row.append(least)
            }
            rows.append(row)
        }
        return rows[left.count][right.count]
    }
}
