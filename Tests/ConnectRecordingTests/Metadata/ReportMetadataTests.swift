import Foundation
import Testing

/// The reports and the dashboard of `manifest/contact-metrics-reports.xml` of `integrations/salesforce`.
struct ReportMetadataTests {
    private let metadata: SalesforceMetadata

    init() throws {
        metadata = try SalesforceMetadata()
    }

    private func object(of report: MetadataElement) -> String? {
        report.text("reportType").flatMap { $0.hasPrefix("CustomEntity$") ? String($0.dropFirst(13)) : nil }
    }

    /// The field of a column of a report's; nil for one that the object does not have.
    private func field(_ column: String, of object: String) -> SalesforceMetadata.Field? {
        metadata.fields.first { $0.fullName == column && $0.object == object }
    }

    /// The columns that a report names anywhere.
    private func named(by report: MetadataElement) -> [String] {
        let filters = report.children("filter").flatMap { $0.children("criteriaItems") }
        return report.children("columns").compactMap { $0.text("field") }
            + report.children("groupingsDown").compactMap { $0.text("field") }
            + filters.compactMap { $0.text("column") }
            + report.children("timeFrameFilter").compactMap { $0.text("dateColumn") }
            + report.children("sortColumn").map(\.content)
    }

    @Test func `every column, grouping, filter and time of a report is a field of its own object`() {
        #expect(metadata.reports.count == 8)
        for (name, report) in metadata.reports {
            guard let object = object(of: report), metadata.objects[object] != nil else {
                Issue.record("\(name): \(report.text("reportType") ?? "no type") is no object's own type")
                continue
            }
            #expect(metadata.objects[object]?.text("enableReports") == "true", "\(name)")
            for column in named(by: report) {
                #expect(column == "CUST_NAME" || field(column, of: object) != nil, "\(name): \(column)")
            }
            let date = report.children("timeFrameFilter").first?.text("dateColumn") ?? ""
            #expect(field(date, of: object)?.type == "DateTime", "\(name)")
        }
    }

    @Test func `names fit, and no column is grouped by and shown at once`() {
        for (name, report) in metadata.reports {
            #expect((report.text("name") ?? "").count <= 40 && name.split(separator: "/")[1].count <= 40, "\(name)")
            #expect((report.text("description") ?? "").count <= 255, "\(name)")
            let groups = report.children("groupingsDown").compactMap { $0.text("field") }
            let columns = report.children("columns").compactMap { $0.text("field") }
            #expect(Set(columns).isDisjoint(with: groups) && columns.count == Set(columns).count, "\(name)")
            #expect(report.text("format") == (groups.isEmpty ? "Tabular" : "Summary"), "\(name)")
            #expect(report.text("scope") == "organization", "\(name)")
            if groups.isEmpty {
                // What a dashboard takes of a tabular report.
                let limit = report.text("rowLimit").flatMap { Int($0) } ?? 0
                #expect((1...100).contains(limit) && report.text("sortColumn") != nil, "\(name)")
            }
        }
    }

    @Test func `formulas divide sums of counts and seconds, and nothing averages averages`() throws {
        var count = 0
        for (name, report) in metadata.reports {
            for column in report.children("columns") {
                let kind = column.text("aggregateTypes")
                #expect(["Sum", "Maximum", nil].contains(kind), "\(name)")
                guard kind != nil, let field = column.text("field") else { continue }
                let type = metadata.fields.first { $0.fullName == field }?.type
                #expect(type == "Number" && !field.contains("Average"), "\(name): \(field)")
                // An agent is in several queues.
                #expect(!field.hasPrefix("Queue_Status__c.Agents"), "\(name): \(field)")
            }
            for formula in report.children("aggregates") {
                count += 1
                let text = formula.text("calculatedFormula") ?? ""
                let summaries = text.matches(of: #/([A-Za-z_.]+__c):([A-Z]+)/#).map { (String($0.1), String($0.2)) }
                #expect(!summaries.isEmpty && text.contains("/"), "\(name)")
                for (column, function) in summaries {
                    let field = metadata.fields.first { $0.fullName == column }
                    #expect(function == "SUM" && field?.type == "Number", "\(name): \(column)")
                    #expect(!column.contains("Average") && field?.object == object(of: report), "\(name): \(column)")
                }
                // A group without contacts divides by zero otherwise, and shows an error.
                #expect(text.hasPrefix("IF("), "\(name)")
                #expect(formula.text("isActive") == "true", "\(name)")
            }
        }
        #expect(count == 9)
    }

    @Test func `service level, abandonment, handle time, occupancy and the queues now each have a report`() {
        func groups(_ name: String) -> [String] {
            metadata.reports["Contact_Metrics/\(name)"]?.children("groupingsDown").compactMap { $0.text("field") } ?? []
        }
        func kind(_ name: String) -> String? {
            let filters = metadata.reports["Contact_Metrics/\(name)"]?.children("filter").first
            let items = filters?.children("criteriaItems") ?? []
            return items.first { $0.text("column") == "Contact_Metric__c.Kind__c" }?.text("value")
        }
        for name in ["Service_Level_by_Queue_and_Day", "Abandonment_by_Queue_and_Day"] {
            #expect(groups(name) == ["Contact_Metric__c.Queue__c", "Contact_Metric__c.Interval_Start__c"], "\(name)")
        }
        #expect(groups("Handle_Time_by_Queue") == ["Contact_Metric__c.Queue__c"])
        #expect(groups("Agent_Occupancy") == ["Contact_Metric__c.Agent_Username__c"])
        #expect(groups("Queues_Now").isEmpty && groups("Waiting_Now") == ["CUST_NAME"])
        for (name, report) in metadata.reports where object(of: report) == "Contact_Metric__c" {
            let short = String(name.split(separator: "/")[1])
            #expect(kind(short) == (short == "Agent_Occupancy" ? "agent" : "queue"), "\(name)")
        }
    }

    @Test func `every component of the dashboard shows what its report has`() throws {
        #expect(metadata.dashboards.count == 1)
        let dashboard = try #require(metadata.dashboards["Contact_Metrics/Contact_Center"])
        let places = dashboard.children("dashboardGridLayout").flatMap { $0.children("dashboardGridComponents") }
        // The most that a dashboard takes.
        #expect((5...20).contains(places.count))
        for component in places.flatMap({ $0.children("dashboardComponent") }) {
            let header = component.text("header") ?? ""
            guard let report = component.text("report").flatMap({ metadata.reports[$0] }) else {
                Issue.record("\(header): there is no report \(component.text("report") ?? "")")
                continue
            }
            let groups = report.children("groupingsDown").compactMap { $0.text("field") }
            let columns = report.children("columns")
            for group in component.children("groupingColumn").map(\.content) {
                #expect(groups.contains(group), "\(header): \(group)")
            }
            for summary in component.children("chartSummary") {
                let column = summary.text("column") ?? ""
                let formulas = report.children("aggregates").compactMap { $0.text("developerName") }
                let isSummed = columns.contains {
                    $0.text("field") == column && $0.text("aggregateTypes") == summary.text("aggregate")
                }
                let isFormula = summary.text("aggregate") == nil && formulas.contains(column)
                #expect(isFormula || (isSummed && summary.text("aggregate") != nil), "\(header): \(column)")
            }
            for table in component.children("flexComponentProperties") {
                let details = Set(columns.compactMap { $0.text("field") })
                let shown = table.children("flexTableColumn").compactMap { $0.text("reportColumn") }
                #expect(!shown.isEmpty && Set(shown).isSubset(of: details), "\(header)")
                let sorted = table.children("flexTableSortInfo").first?.text("sortColumn") ?? ""
                #expect(shown.contains(sorted), "\(header)")
            }
            let kind = component.text("componentType") ?? ""
            #expect(component.children("chartSummary").isEmpty == (kind == "FlexTable"), "\(header)")
            #expect(
                component.children("groupingColumn").isEmpty == ["FlexTable", "Metric"].contains(kind), "\(header)")
        }
    }

    @Test func `components stand side by side on twelve columns, and none covers another`() throws {
        let dashboard = try #require(metadata.dashboards["Contact_Metrics/Contact_Center"])
        let grid = try #require(dashboard.children("dashboardGridLayout").first)
        #expect(grid.text("numberOfColumns") == "12" && dashboard.text("isGridLayout") == "true")
        var cells: Set<[Int]> = []
        for place in grid.children("dashboardGridComponents") {
            let numbers = ["columnIndex", "rowIndex", "colSpan", "rowSpan"].compactMap {
                place.text($0).flatMap { Int($0) }
            }
            try #require(numbers.count == 4)
            #expect(numbers[0] + numbers[2] <= 12)
            for column in numbers[0]..<(numbers[0] + numbers[2]) {
                for row in numbers[1]..<(numbers[1] + numbers[3]) {
                    #expect(cells.insert([column, row]).inserted, "\(column), \(row)")
                }
            }
        }
        // Nothing is left empty between them.
        let rows = (cells.map { $0[1] }.max() ?? -1) + 1
        #expect(cells.count == rows * 12)
    }

    @Test func `nobody's name is in them, and their folders are shared`() throws {
        for (name, dashboard) in metadata.dashboards {
            #expect(dashboard.text("dashboardType") == "LoggedInUser", "\(name)")
            #expect(dashboard.text("runningUser") == nil, "\(name)")
        }
        #expect(Set(metadata.folders.keys) == ["ReportFolder Contact_Metrics", "DashboardFolder Contact_Metrics"])
        for (name, folder) in metadata.folders {
            let shares = folder.children("folderShares")
            #expect(shares.map { $0.text("accessLevel") } == ["View"], "\(name)")
            #expect(shares.map { $0.text("sharedTo") } == ["AllInternalUsers"], "\(name)")
        }
        let folder = SalesforceMetadataTests.root.appending(path: "force-app/main/default")
        for name in metadata.reports.keys {
            let file = folder.appending(path: "reports/\(name).report-meta.xml")
            #expect(try !String(contentsOf: file, encoding: .utf8).contains("@"), "\(name)")
        }
    }

    @Test func `the manifest names folders and contents without wildcards, and is deployed after the users' set`()
        throws
    {
        let manifest = try SalesforceMetadataTests.document("manifest/contact-metrics-reports.xml")
        let types = manifest.children("types")
        #expect(types.compactMap { $0.text("name") } == ["Report", "Dashboard"])
        let members = types.map { Set($0.children("members").map(\.content)) }
        #expect(members.first == Set(metadata.reports.keys).union(["Contact_Metrics"]))
        #expect(members.last == Set(metadata.dashboards.keys).union(["Contact_Metrics"]))
        let page = try String(contentsOf: SalesforceMetadataTests.root.appending(path: "README.md"), encoding: .utf8)
        var rest = page[...]
        for step in [
            "--manifest manifest/contact-metrics.xml", "--name Contact_Metric_Service", "--name Contact_Metric_User",
            "--manifest manifest/contact-metrics-reports.xml",
        ] {
            let found = try #require(rest.firstRange(of: step), "\(step) is missing, or stands too early")
            rest = rest[found.upperBound...]
        }
        // What is taken out, in the other order.
        for name in metadata.reports.keys { #expect(page.contains(" Report:\(name)"), "\(name)") }
        for name in metadata.dashboards.keys { #expect(page.contains(" Dashboard:\(name)"), "\(name)") }
    }
}
