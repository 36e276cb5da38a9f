extension AudioKeys {
    /// Any key but the one just heard, each as likely as the others; that one only when there is no other.
    func any(but heard: AudioReference?, _ random: RandomSource) -> String? {
        guard count > 1, let heard = heard.flatMap({ index(of: $0) }) else {
            return count > 0 ? self[random.below(count)] : nil
        }
        let place = random.below(count - 1)
        return self[place < heard ? place : place + 1]
    }

    /// Returns the key after another in key order, the first after the last; the first when there is no other.
    func following(_ reference: AudioReference?) -> String? {
        guard count > 0 else { return nil }
        if let reference, let index = index(of: reference) { return self[(index + 1) % count] }
        // A key that is no longer listed still has a place in the order.
        return self[(reference?.key).map { place(of: $0) % count } ?? 0]
    }

    /// Returns the key before another in key order, the last before the first; the last when there is no other.
    func preceding(_ reference: AudioReference?) -> String? {
        guard count > 0 else { return nil }
        let found = reference.flatMap { index(of: $0) } ?? (reference?.key).map { place(of: $0) } ?? 0
        return self[(found + count - 1) % count]
    }
}
