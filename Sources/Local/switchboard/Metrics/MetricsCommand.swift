import ArgumentParser
import Foundation

struct MetricsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "metrics", abstract: "Shows what ConnectMetrics's rows come to in Salesforce.",
        subcommands: [MetricsPictureCommand.self, MetricsRowsCommand.self])
}

struct MetricsPictureCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "picture", abstract: "Draws the dashboard of integrations/salesforce, as SVG.",
        discussion: """
            The reports and the dashboard are those of the metadata files: each tile is the report that it names, of the \
            rows of a file. Today is the day of the latest row.

              switchboard metrics picture > dashboard.svg
              switchboard metrics picture --rows rows.json > mine.svg

            The file is a JSON object with a list of records for each of Queue_Status__c and Contact_Metric__c, their \
            fields by their names; the state of the local Salesforce, GET /debug/state, is one.
            """)

    @Option(
        help: ArgumentHelp("The file with the rows. Default: \(MetricRows.sample).", valueName: "file"),
        completion: .file(extensions: ["json"]))
    var rows: String?

    func run() async throws {
        let project = try Project.locate()
        let file = rows.map { URL(filePath: $0) } ?? project.root.appending(path: MetricRows.sample)
        let records = try MetricRows(Files.json(file, "file of rows"), named: file.lastPathComponent)
        let folder = SalesforceFolder(of: project)
        let picture = DashboardPicture(try folder.dashboard("Contact_Metrics/Contact_Center"), of: records, in: folder)
        Terminal.print(payload: Array(try picture.text().utf8))
    }
}
