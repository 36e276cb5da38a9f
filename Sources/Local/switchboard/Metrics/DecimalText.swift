/// Numbers as texts that are the same on every machine.
enum DecimalText {
    /// Returns the number with that many decimal places, rounded away from zero at one half.
    static func of(_ value: Double, places: Int) -> String {
        let unit = (0..<max(0, places)).reduce(1) { unit, _ in unit * 10 }
        let scaled = (value.magnitude * Double(unit)).rounded()
        guard value.isFinite, scaled < 1e15 else { return "–" }
        let whole = Int(scaled)
        let sign = value < 0 && whole != 0 ? "-" : ""
        guard places > 0 else { return "\(sign)\(whole)" }
        let fraction = String(whole % unit)
        let zeros = String(repeating: "0", count: places - fraction.count)
        return "\(sign)\(whole / unit).\(zeros)\(fraction)"
    }

    /// Returns the number with two decimal places at most, none of them a zero at the end.
    static func short(_ value: Double) -> String {
        var text = of(value, places: 2)
        guard text.contains(".") else { return text }
        while text.hasSuffix("0") { text.removeLast() }
        if text.hasSuffix(".") { text.removeLast() }
        return text
    }

    /// Returns the least of 1, 2, 4, 5, 8 and 10 times a power of ten that a value does not exceed; 1 for a value of zero or below.
    static func ceiling(_ value: Double) -> Double {
        guard value > 0, value.isFinite else { return 1 }
        var power = 1.0
        while power >= value { power /= 10 }
        while power * 10 < value { power *= 10 }
        for step in [1.0, 2, 4, 5, 8] where power * step >= value { return power * step }
        return power * 10
    }
}
