extension Duration {
    /// Milliseconds with two decimals, in the form of Lambda's REPORT line.
    package var milliseconds: String { decimals(self / .milliseconds(1)) }

    /// Seconds with two decimals.
    package var seconds: String { decimals(self / .seconds(1)) }

    private func decimals(_ value: Double) -> String {
        let hundredths = Int((value * 100).rounded())
        let fraction = hundredths % 100
        return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction)"
    }
}
