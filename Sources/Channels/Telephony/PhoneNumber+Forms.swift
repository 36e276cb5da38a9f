extension PhoneNumber {
    /// The forms under which a CRM may have the number, each once: E.164, the same without plus, the national number, the
    /// same behind its trunk prefix, and in North America `(AAA) BBB-CCCC`.
    ///
    /// Under a calling code that is not assigned, the first two alone.
    package var forms: [String] {
        let digits = String(text.dropFirst())
        var forms = [text, digits]
        if let plan = NumberingPlan(of: self) {
            let national = String(digits.dropFirst(plan.callingCode.count))
            forms.append(national)
            if let trunk = plan.trunkPrefix { forms.append(trunk + national) }
            if plan.callingCode == "1", national.utf8.count == 10 {
                let (area, rest) = (national.prefix(3), national.dropFirst(3))
                forms.append("(\(area)) \(rest.prefix(3))-\(rest.dropFirst(3))")
            }
        }
        var seen: Set<String> = []
        // A calling code alone leaves no national number: an empty string would match every account without one.
        return forms.filter { !$0.isEmpty && seen.insert($0).inserted }
    }
}
