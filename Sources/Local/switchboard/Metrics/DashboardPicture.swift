/// A dashboard of Salesforce as a picture, drawn from rows by its own reports.
struct DashboardPicture {
    /// The width of a column of the grid, and the space around the whole and above it, in pixels.
    static let (columnWidth, margin, head) = (80, 16, 52)

    let dashboard: SalesforceDashboard
    let rows: MetricRows
    let folder: SalesforceFolder

    init(_ dashboard: SalesforceDashboard, of rows: MetricRows, in folder: SalesforceFolder) {
        (self.dashboard, self.rows, self.folder) = (dashboard, rows, folder)
    }

    /// Returns the picture, as an SVG document.
    func text() throws(Refusal) -> String {
        let width = dashboard.columns * Self.columnWidth + 2 * Self.margin
        let height = dashboard.rows * dashboard.rowHeight + Self.head + Self.margin
        var canvas = SVGCanvas(width: width, height: height, title: dashboard.title, description: description)
        canvas.text(
            dashboard.title, "title", x: Double(Self.margin + 6), y: Double(Self.head - 20))
        canvas.text(
            "As of \(Self.moment(rows.latest))", "small", x: Double(width - Self.margin - 6), y: Double(Self.head - 20),
            anchor: "end")
        for component in dashboard.components { try draw(component, on: &canvas) }
        return canvas.document
    }

    private var description: String {
        dashboard.components.map { "\($0.header): \($0.footer)" }.joined(separator: "; ") + "."
    }

    /// Draws one component: its frame, its header and footer, and what its kind shows of its report.
    private func draw(_ component: SalesforceDashboard.Component, on canvas: inout SVGCanvas) throws(Refusal) {
        let frame = SVGFrame(
            x: Double(Self.margin + component.column * Self.columnWidth) + 6,
            y: Double(Self.head + component.row * dashboard.rowHeight) + 6,
            width: Double(component.width * Self.columnWidth) - 12,
            height: Double(component.height * dashboard.rowHeight) - 12)
        canvas.rectangle("tile", frame, radius: 6)
        canvas.text(component.header, "head", x: frame.x + 14, y: frame.y + 25)
        canvas.text(component.footer, "small", x: frame.x + 14, y: frame.maxY - 12)
        let report = try folder.report(component.report)
        let records = try report.records(of: rows)
        let inner = SVGFrame(x: frame.x + 14, y: frame.y + 38, width: frame.width - 28, height: frame.height - 70)
        switch component.kind {
        case .metric:
            let value = try figure(component, report, records)
            canvas.text(value, "figure", x: inner.x, y: inner.maxY - 4)
        case .table: try table(component, report, records, in: inner, on: &canvas)
        case .bars: bars(try points(component, report, records), in: inner, on: &canvas)
        case .line: line(try points(component, report, records), in: inner, on: &canvas)
        }
    }

    /// A value with its label, and the value as people read it.
    struct Point {
        let label: String
        let value: Double
        let text: String
    }

    private func figure(
        _ component: SalesforceDashboard.Component, _ report: SalesforceReport, _ records: [MetricRows.Record]
    ) throws(Refusal) -> String {
        guard let measure = component.measure else { throw Refusal("\(component.header) has no measure.") }
        return Self.text(of: try report.value(measure, of: records), measure, component, report)
    }

    private func points(
        _ component: SalesforceDashboard.Component, _ report: SalesforceReport, _ records: [MetricRows.Record]
    ) throws(Refusal) -> [Point] {
        guard let measure = component.measure, let grouping = component.grouping,
            report.groupings.contains(grouping)
        else { throw Refusal("\(component.header) has no measure, or groups by what its report does not group by.") }
        var points: [Point] = []
        for group in report.groups(of: records, by: grouping) {
            let value = try report.value(measure, of: group.records)
            let label = grouping == report.dateColumn ? Self.day(group.label) : group.label
            points.append(Point(label: label, value: value, text: Self.text(of: value, measure, component, report)))
        }
        return points
    }

    private static func text(
        of value: Double, _ measure: SalesforceReport.Measure, _ component: SalesforceDashboard.Component,
        _ report: SalesforceReport
    ) -> String {
        let formula = report.formulas.first { $0.name == measure.column && measure.aggregate == nil }
        let places = component.places ?? formula?.places ?? 0
        guard formula?.isPercent == true else { return DecimalText.of(value, places: places) }
        return DecimalText.of(value * 100, places: places) + "%"
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// Returns `27 Nov` for `2026-11-27`; another text as it is.
    private static func day(_ text: String) -> String {
        let parts = text.split(separator: "-").compactMap { Int($0) }
        guard parts.count == 3, months.indices.contains(parts[1] - 1) else { return text }
        return "\(parts[2]) \(months[parts[1] - 1])"
    }

    /// Returns `27 Nov 2026, 15:20 UTC` for `2026-11-27T15:20:00Z`.
    private static func moment(_ text: String) -> String {
        "\(day(String(text.prefix(10)))) \(text.prefix(4)), \(text.dropFirst(11).prefix(5)) UTC"
    }
}
