import Encoding
import JSON

/// The figures of a report.
extension SalesforceReport {
    /// The figure that a chart shows: a summary of a column, or a formula.
    struct Measure: Equatable {
        /// `Sum`, `Maximum`, `Minimum` or `Average`; nil for a formula and for `RowCount`.
        let aggregate: String?
        let column: String
    }

    /// Records with the same value in a field, and that value as people read it.
    struct Group {
        let label: String
        let records: [MetricRows.Record]
    }

    /// Returns the records that the report is about: of its time frame, let through by its filters, sorted and cut as
    /// it says.
    func records(of rows: MetricRows) throws(Refusal) -> [MetricRows.Record] {
        let today = Self.day(rows.latest)
        var records: [MetricRows.Record] = []
        for record in rows.records[object] ?? [] {
            guard try isWithin(record, today: today), try passes(record) else { continue }
            records.append(record)
        }
        if let sort {
            let field = Self.field(sort.column)
            records.sort {
                let (one, two) = (Self.number($0[field]) ?? 0, Self.number($1[field]) ?? 0)
                return sort.descending ? one > two : one < two
            }
        }
        return Array(records.prefix(limit ?? records.count))
    }

    /// Returns the groups of records by a column, in the order of their values; a time counts by its day.
    func groups(of records: [MetricRows.Record], by column: String) -> [Group] {
        let field = Self.field(column)
        let byValue = Dictionary(grouping: records) { record in
            let text = record[field]?.string ?? ""
            return column == dateColumn ? String(text.prefix(10)) : text
        }
        return byValue.sorted { $0.key < $1.key }.map { Group(label: $0.key, records: $0.value) }
    }

    /// Returns the value of a measure over records.
    func value(_ measure: Measure, of records: [MetricRows.Record]) throws(Refusal) -> Double {
        if measure.column == "RowCount" { return Double(records.count) }
        if let aggregate = measure.aggregate {
            return Self.summary(aggregate, Self.field(measure.column), of: records)
        }
        guard let formula = formulas.first(where: { $0.name == measure.column }) else {
            throw Refusal("\(name) has no formula \(measure.column).")
        }
        return formula.formula.value(rows: records.count) { column, function in
            Self.summary(function, Self.field(column), of: records)
        }
    }

    private static func summary(_ aggregate: String, _ field: String, of records: [MetricRows.Record]) -> Double {
        let values = records.compactMap { number($0[field]) }
        switch aggregate {
        case "Maximum", "MAX": return values.max() ?? 0
        case "Minimum", "MIN": return values.min() ?? 0
        case "Average", "AVG": return values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
        default: return values.reduce(0, +)
        }
    }

    private func isWithin(_ record: MetricRows.Record, today: Int?) throws(Refusal) -> Bool {
        guard let today, let day = record[Self.field(dateColumn)]?.string.flatMap(Self.day) else { return false }
        switch interval {
        case "INTERVAL_TODAY": return day == today
        case "INTERVAL_LAST30": return (today - 29...today).contains(day)
        default: throw Refusal("\(name): the time frame \(interval) cannot be evaluated here.")
        }
    }

    private func passes(_ record: MetricRows.Record) throws(Refusal) -> Bool {
        for filter in filters {
            guard filter.operation == "equals" else {
                throw Refusal("\(name): the operator \(filter.operation) cannot be evaluated here.")
            }
            if record[Self.field(filter.column)]?.string != filter.value { return false }
        }
        return true
    }

    static func number(_ value: JSONValue?) -> Double? {
        if case .number(let text)? = value { Double(text) } else { nil }
    }

    /// The days from 1970-01-01 to the day of a time such as `2026-11-27T10:15:00Z`.
    private static func day(_ text: String) -> Int? {
        let parts = text.prefix(10).split(separator: "-").compactMap { Int($0) }
        return parts.count == 3 ? UTCTime.days(year: parts[0], month: parts[1], day: parts[2]) : nil
    }
}
