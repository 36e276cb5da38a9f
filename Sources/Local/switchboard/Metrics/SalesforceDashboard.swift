import AWS

/// A dashboard of Salesforce on its grid, as its metadata file has it.
///
/// "Dashboard" in the Metadata API Developer Guide; of it, what the dashboard of integrations/salesforce uses.
struct SalesforceDashboard {
    /// The kinds of components that can be drawn.
    enum Kind: String {
        case metric = "Metric"
        case table = "FlexTable"
        case bars = "Bar"
        case line = "Line"
    }

    struct Component {
        let kind: Kind
        /// The place on the grid, in columns and rows.
        let column, row, width, height: Int
        /// The report, such as `Contact_Metrics/Queues_Now`.
        let report: String
        let header: String
        let footer: String
        /// Nil for a table.
        let measure: SalesforceReport.Measure?
        /// The column whose values get a bar, or a point, each; nil where there is one figure.
        let grouping: String?
        /// The columns of a table, and the one that it is sorted by.
        let columns: [String]
        let sortColumn: String?
        /// The decimal places of figures; nil leaves them to Salesforce.
        let places: Int?
    }

    let title: String
    let columns: Int
    /// The height of a row of the grid, in pixels.
    let rowHeight: Int
    let components: [Component]

    /// The rows of the grid that are used.
    var rows: Int { components.map { $0.row + $0.height }.max() ?? 0 }

    /// Reads the root element of a dashboard's file; refuses what cannot be drawn, which `name` names then.
    init(_ root: XMLElement, name: String) throws(Refusal) {
        guard let grid = root["dashboardGridLayout"], let columns = grid["numberOfColumns"].flatMap({ Int($0.text) }),
            let height = grid["rowHeight"].flatMap({ Int($0.text) })
        else { throw Refusal("\(name) has no grid with columns and a row's height.") }
        title = root["title"]?.text ?? name
        self.columns = columns
        rowHeight = height
        var components: [Component] = []
        for place in grid.elements("dashboardGridComponents") { components.append(try Self.component(place, name)) }
        self.components = components
    }

    private static func component(_ place: XMLElement, _ name: String) throws(Refusal) -> Component {
        let numbers = ["columnIndex", "rowIndex", "colSpan", "rowSpan"].compactMap {
            place[$0].flatMap { Int($0.text) }
        }
        guard numbers.count == 4, let inner = place["dashboardComponent"],
            let kind = inner["componentType"].flatMap({ Kind(rawValue: $0.text) }), let report = inner["report"]?.text
        else {
            let type = place["dashboardComponent"]?["componentType"]?.text ?? "component"
            throw Refusal("\(name): a \(type) cannot be drawn, or lacks its place or its report.")
        }
        let summary = inner["chartSummary"]
        let table = inner["flexComponentProperties"]
        let places = inner["decimalPrecision"].flatMap { Int($0.text) }
        return Component(
            kind: kind, column: numbers[0], row: numbers[1], width: numbers[2], height: numbers[3], report: report,
            header: inner["header"]?.text ?? "", footer: inner["footer"]?.text ?? "",
            measure: summary?["column"].map {
                SalesforceReport.Measure(aggregate: summary?["aggregate"]?.text, column: $0.text)
            },
            grouping: inner["groupingColumn"]?.text,
            columns: table?.elements("flexTableColumn").compactMap { $0["reportColumn"]?.text } ?? [],
            sortColumn: table?["flexTableSortInfo"]?["sortColumn"]?.text,
            places: places.flatMap { $0 < 0 ? nil : $0 })
    }
}
