package import JSON

extension JSONValue {
    /// Returns true when both values are equal: numbers are compared by value, so that 1 and 1.0 are equal.
    ///
    /// Whole numbers of up to 64 bits are compared exactly, all others as doubles.
    package func isSame(as other: JSONValue) -> Bool {
        switch (self, other) {
        case (.number(let left), .number(let right)):
            if let left = Int64(left), let right = Int64(right) { return left == right }
            if let left = UInt64(left), let right = UInt64(right) { return left == right }
            return left == right || Double(left) == Double(right)
        case (.array(let left), .array(let right)):
            return left.count == right.count && zip(left, right).allSatisfy { $0.isSame(as: $1) }
        case (.object(let left), .object(let right)):
            return left.count == right.count
                && left.allSatisfy { name, value in right[name].map(value.isSame) ?? false }
        default: return self == other
        }
    }
}
