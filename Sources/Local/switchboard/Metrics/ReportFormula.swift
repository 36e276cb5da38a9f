/// A summary formula of a report, such as `A__c:SUM / B__c:SUM`.
///
/// "Build a Custom Summary Formula" in Salesforce Help; of it, numbers, summaries, `RowCount`, the four operations,
/// comparisons and `IF`.
indirect enum ReportFormula: Equatable {
    case number(Double)
    /// A field's summary: `SUM`, `MAX`, `MIN` or `AVG`.
    case summary(field: String, function: String)
    case rowCount
    case operation(String, ReportFormula, ReportFormula)
    case choice(ReportFormula, ReportFormula, ReportFormula)

    /// Parses a formula; refuses what is not understood, which `report` names then.
    init(parsing text: String, of report: String) throws(Refusal) {
        var parser = ReportFormulaParser(text)
        guard let formula = parser.comparison(), parser.isAtEnd else {
            throw Refusal("\(report): the formula \(text) cannot be evaluated here.")
        }
        self = formula
    }

    /// Every summary in it, in the order in which they stand there.
    var summaries: [(field: String, function: String)] {
        switch self {
        case .number, .rowCount: []
        case .summary(let field, let function): [(field, function)]
        case .operation(_, let left, let right): left.summaries + right.summaries
        case .choice(let condition, let met, let other): condition.summaries + met.summaries + other.summaries
        }
    }

    /// Returns the value; a comparison is 1 or 0. Nothing is divided by zero: that is zero.
    func value(rows: Int, summary: (String, String) -> Double) -> Double {
        switch self {
        case .number(let number): return number
        case .rowCount: return Double(rows)
        case .summary(let field, let function): return summary(field, function)
        case .choice(let condition, let met, let other):
            let isMet = condition.value(rows: rows, summary: summary) != 0
            return (isMet ? met : other).value(rows: rows, summary: summary)
        case .operation(let sign, let left, let right):
            let one = left.value(rows: rows, summary: summary)
            let two = right.value(rows: rows, summary: summary)
            switch sign {
            case "+": return one + two
            case "-": return one - two
            case "*": return one * two
            case "/": return two == 0 ? 0 : one / two
            case "=": return one == two ? 1 : 0
            case "<": return one < two ? 1 : 0
            default: return one > two ? 1 : 0
            }
        }
    }
}

/// Reads a formula from its first character to its last.
private struct ReportFormulaParser {
    private var rest: Substring

    init(_ text: String) {
        rest = text[...]
    }

    var isAtEnd: Bool { rest.allSatisfy(\.isWhitespace) }

    mutating func comparison() -> ReportFormula? {
        guard let left = sum() else { return nil }
        guard let sign = taken(of: ["=", "<", ">"]) else { return left }
        return sum().map { .operation(sign, left, $0) }
    }

    private mutating func sum() -> ReportFormula? {
        guard var left = product() else { return nil }
        while let sign = taken(of: ["+", "-"]) {
            guard let right = product() else { return nil }
            left = .operation(sign, left, right)
        }
        return left
    }

    private mutating func product() -> ReportFormula? {
        guard var left = factor() else { return nil }
        while let sign = taken(of: ["*", "/"]) {
            guard let right = factor() else { return nil }
            left = .operation(sign, left, right)
        }
        return left
    }

    private mutating func factor() -> ReportFormula? {
        if taken(of: ["("]) != nil {
            let inner = comparison()
            return taken(of: [")"]) == nil ? nil : inner
        }
        let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }
        rest = rest.dropFirst(word.count)
        if let number = Double(word) { return .number(number) }
        if word == "RowCount" { return .rowCount }
        if word == "IF" { return choice() }
        guard !word.isEmpty, taken(of: [":"]) != nil else { return nil }
        let function = rest.prefix { $0.isLetter }
        rest = rest.dropFirst(function.count)
        guard ["SUM", "MAX", "MIN", "AVG"].contains(function) else { return nil }
        return .summary(field: String(word), function: String(function))
    }

    private mutating func choice() -> ReportFormula? {
        guard taken(of: ["("]) != nil, let condition = comparison(), taken(of: [","]) != nil, let met = comparison(),
            taken(of: [","]) != nil, let other = comparison(), taken(of: [")"]) != nil
        else { return nil }
        return .choice(condition, met, other)
    }

    /// Takes one of those characters, after white space; leaves everything where none of them follows, but for that.
    private mutating func taken(of signs: Set<String>) -> String? {
        rest = rest.drop(while: \.isWhitespace)
        guard let first = rest.first.map(String.init), signs.contains(first) else { return nil }
        rest = rest.dropFirst()
        rest = rest.drop(while: \.isWhitespace)
        return first
    }
}
