import AWS
import Foundation

/// The metadata files of integrations/salesforce.
struct SalesforceFolder {
    private let root: URL

    init(of project: Project) {
        root = project.root.appending(path: "integrations/salesforce/force-app/main/default")
    }

    /// Reads a report by its path, such as `Contact_Metrics/Queues_Now`.
    func report(_ name: String) throws(Refusal) -> SalesforceReport {
        try SalesforceReport(element("reports/\(name).report-meta.xml", "report"), name: name)
    }

    /// Reads a dashboard by its path, such as `Contact_Metrics/Contact_Center`.
    func dashboard(_ name: String) throws(Refusal) -> SalesforceDashboard {
        try SalesforceDashboard(element("dashboards/\(name).dashboard-meta.xml", "dashboard"), name: name)
    }

    /// Returns the label of a column that people see: the field's, or that of the records' name.
    func label(of column: String, in object: String) throws(Refusal) -> String {
        let field = SalesforceReport.field(column)
        guard field != "Name" else {
            let file = try element("objects/\(object)/\(object).object-meta.xml", "object")
            return file["nameField"]?["label"]?.text ?? field
        }
        return try element("objects/\(object)/fields/\(field).field-meta.xml", "field")["label"]?.text ?? field
    }

    private func element(_ path: String, _ purpose: String) throws(Refusal) -> XMLElement {
        let bytes = try Files.read(root.appending(path: path), purpose)
        do {
            return try XMLElement(parsing: bytes)
        } catch {
            throw Refusal("The \(purpose) \(path) is not well-formed XML.")
        }
    }
}
