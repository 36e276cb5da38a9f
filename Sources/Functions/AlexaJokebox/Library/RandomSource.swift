/// The source of random numbers; tests give their own.
struct RandomSource: Sendable {
    /// A whole number from 0 up to but not including the given one, which is at least 1, each as likely as the others.
    var below: @Sendable (Int) -> Int = { Int.random(in: 0..<$0) }

    /// Returns a random element; nil when there are none.
    func element<Elements: RandomAccessCollection>(of elements: Elements) -> Elements.Element? {
        elements.isEmpty ? nil : elements[elements.index(elements.startIndex, offsetBy: below(elements.count))]
    }
}
