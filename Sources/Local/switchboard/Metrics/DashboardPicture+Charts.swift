import JSON

/// The charts and tables of a dashboard's picture.
extension DashboardPicture {
    /// Draws a table: the columns' labels, and a row a record, as many as fit.
    func table(
        _ component: SalesforceDashboard.Component, _ report: SalesforceReport, _ records: [MetricRows.Record],
        in frame: SVGFrame, on canvas: inout SVGCanvas
    ) throws(Refusal) {
        let first = min(180, frame.width / 2)
        let rest = (frame.width - first) / Double(max(1, component.columns.count - 1))
        func edge(_ index: Int) -> Double { index == 0 ? frame.x : frame.x + first + rest * Double(index) }
        let height = 25.0
        for (index, column) in component.columns.enumerated() {
            canvas.text(
                try folder.label(of: column, in: report.object), "small", x: edge(index), y: frame.y + 14,
                anchor: index == 0 ? "start" : "end")
        }
        let shown = records.prefix(max(0, Int((frame.height - height) / height)))
        for (row, record) in shown.enumerated() {
            let top = frame.y + height * Double(row + 1)
            canvas.line("grid", x1: frame.x, y1: top - 2, x2: frame.maxX, y2: top - 2)
            for (index, column) in component.columns.enumerated() {
                let value = record[SalesforceReport.field(column)]
                let text = SalesforceReport.number(value).map { DecimalText.of($0, places: 0) } ?? value?.string ?? ""
                canvas.text(text, "", x: edge(index), y: top + 15, anchor: index == 0 ? "start" : "end")
            }
        }
    }

    /// Draws a horizontal bar a point, with its label before it and its value after it.
    func bars(_ points: [Point], in frame: SVGFrame, on canvas: inout SVGCanvas) {
        let labels = 140.0
        let step = min(46, frame.height / Double(max(1, points.count)))
        let widest = frame.width - labels - 64
        let scale = DecimalText.ceiling(points.map(\.value).max() ?? 0)
        for (index, point) in points.enumerated() {
            let top = frame.y + step * Double(index)
            let width = max(1, widest * point.value / scale)
            canvas.text(point.label, "", x: frame.x + labels - 8, y: top + step / 2 + 5, anchor: "end")
            canvas.rectangle(
                "bar", SVGFrame(x: frame.x + labels, y: top + step * 0.18, width: width, height: step * 0.64), radius: 2
            )
            canvas.text(point.text, "", x: frame.x + labels + width + 8, y: top + step / 2 + 5)
        }
    }

    /// Draws a line through the points, over a grid of four parts, with their labels below.
    func line(_ points: [Point], in frame: SVGFrame, on canvas: inout SVGCanvas) {
        let scale = DecimalText.ceiling(points.map(\.value).max() ?? 0)
        let isPercent = points.contains { $0.text.hasSuffix("%") }
        let plot = SVGFrame(x: frame.x + 44, y: frame.y + 8, width: frame.width - 64, height: frame.height - 34)
        for part in 0...4 {
            let y = plot.maxY - plot.height * Double(part) / 4
            let value = scale * Double(part) / 4
            canvas.line("grid", x1: plot.x, y1: y, x2: plot.maxX, y2: y)
            let label = isPercent ? DecimalText.short(value * 100) + "%" : DecimalText.short(value)
            canvas.text(label, "small", x: plot.x - 8, y: y + 4, anchor: "end")
        }
        let step = plot.width / Double(max(1, points.count - 1))
        let places = points.enumerated().map { index, point in
            (x: plot.x + step * Double(index), y: plot.maxY - plot.height * point.value / scale)
        }
        canvas.polyline("trend", places)
        // Each label where there are few, else some of them.
        let every = max(1, (points.count + 9) / 10)
        for (index, place) in places.enumerated() {
            canvas.circle("dot", x: place.x, y: place.y, radius: 3.5)
            guard index % every == 0 else { continue }
            canvas.text(points[index].label, "small", x: place.x, y: plot.maxY + 20, anchor: "middle")
        }
    }
}
