import AWS

/// A report of Salesforce, as its metadata file has it.
///
/// "Report" in the Metadata API Developer Guide; of it, what the reports of integrations/salesforce use.
struct SalesforceReport {
    struct Formula {
        /// The name by which charts refer to it, such as `FORMULA1`.
        let name: String
        let label: String
        let isPercent: Bool
        /// The decimal places.
        let places: Int
        let formula: ReportFormula
    }

    struct Filter {
        let column: String
        /// The operator, such as `equals`.
        let operation: String
        let value: String
    }

    /// The path in the folder of reports, such as `Contact_Metrics/Queues_Now`.
    let name: String
    /// The title that people see.
    let title: String
    /// `Tabular` or `Summary`.
    let format: String
    /// The object of a report type that is the object's own.
    let object: String
    /// The detail columns and those that are summarised, as the metadata writes them: `Object.Field` or `CUST_NAME`.
    let columns: [String]
    let groupings: [String]
    let filters: [Filter]
    let formulas: [Formula]
    /// The column of the time frame, and its name, such as `INTERVAL_TODAY`.
    let dateColumn: String
    let interval: String
    /// The column that a tabular report is sorted by, and the most rows of it; nil where it says none.
    let sort: (column: String, descending: Bool)?
    let limit: Int?

    /// Reads the root element of a report's file.
    init(_ root: XMLElement, name: String) throws(Refusal) {
        func texts(_ list: String, _ member: String) -> [String] {
            root.elements(list).compactMap { $0[member]?.text }
        }
        self.name = name
        title = root["name"]?.text ?? name
        format = root["format"]?.text ?? ""
        let type = root["reportType"]?.text ?? ""
        guard type.hasPrefix("CustomEntity$") else {
            throw Refusal("\(name): the report type \(type) is not an object's own.")
        }
        object = String(type.dropFirst("CustomEntity$".count))
        columns = texts("columns", "field")
        groupings = texts("groupingsDown", "field")
        filters =
            root["filter"]?.elements("criteriaItems").map {
                Filter(
                    column: $0["column"]?.text ?? "", operation: $0["operator"]?.text ?? "",
                    value: $0["value"]?.text ?? "")
            } ?? []
        var formulas: [Formula] = []
        for element in root.elements("aggregates") {
            formulas.append(
                Formula(
                    name: element["developerName"]?.text ?? "", label: element["masterLabel"]?.text ?? "",
                    isPercent: element["datatype"]?.text == "percent",
                    places: element["scale"].flatMap { Int($0.text) } ?? 0,
                    formula: try ReportFormula(parsing: element["calculatedFormula"]?.text ?? "", of: name)))
        }
        self.formulas = formulas
        dateColumn = root["timeFrameFilter"]?["dateColumn"]?.text ?? ""
        interval = root["timeFrameFilter"]?["interval"]?.text ?? ""
        sort = root["sortColumn"].map { ($0.text, root["sortOrder"]?.text == "Desc") }
        limit = root["rowLimit"].flatMap { Int($0.text) }
    }

    /// The field that a column of the metadata is; `CUST_NAME` is the record's name.
    static func field(_ column: String) -> String {
        if column == "CUST_NAME" { return "Name" }
        return column.split(separator: ".").last.map(String.init) ?? column
    }
}

extension XMLElement {
    /// The children of that name.
    func elements(_ name: String) -> [XMLElement] { children.filter { $0.name == name } }
}
