import Foundation
import Testing

/// The objects that ConnectMetrics writes: `manifest/contact-metrics.xml` of `integrations/salesforce`.
struct MetricsMetadataTests {
    /// The fields by object, each with its type.
    private static let fields: [String: [String: [String]]] = [
        "Queue_Status__c": [
            "Text": ["Queue_Id__c"], "DateTime": ["As_Of__c"],
            "Number": [
                "Agents_Online__c", "Agents_Available__c", "Agents_On_Contact__c", "Agents_After_Call_Work__c",
                "Contacts_In_Queue__c", "Contacts_Scheduled__c", "Oldest_Contact_Seconds__c", "Slots_Available__c",
            ],
        ],
        "Contact_Metric__c": [
            "Text": [
                "Key__c", "Kind__c", "Queue_Id__c", "Queue__c", "Channel__c", "Agent_Id__c", "Agent_Username__c",
            ],
            "DateTime": ["Interval_Start__c", "Interval_End__c"],
            "Percent": ["Service_Level__c", "Abandonment_Rate__c", "Answer_Rate__c", "Occupancy__c"],
            "Number": [
                "Contacts_Queued__c", "Contacts_Handled__c", "Contacts_Abandoned__c", "Contacts_Transferred_Out__c",
                "Contacts_In_Service_Level__c", "Average_Answer_Seconds__c", "Average_Abandon_Seconds__c",
                "Average_Handle_Seconds__c", "Average_Hold_Seconds__c", "Average_After_Call_Seconds__c",
                "Longest_Queued_Seconds__c", "Handle_Seconds__c", "After_Call_Seconds__c", "Missed_Contacts__c",
                "Online_Seconds__c", "Idle_Seconds__c", "Non_Productive_Seconds__c",
            ],
        ],
    ]
    /// What rows are upserted by.
    private static let keys = ["Queue_Status__c": "Queue_Id__c", "Contact_Metric__c": "Key__c"]

    private let metadata: SalesforceMetadata

    init() throws {
        metadata = try SalesforceMetadata()
    }

    private func names(of object: String) -> Set<String> {
        Set(metadata.fields.filter { $0.object == object }.map(\.name))
    }

    @Test func `each field is there with its type, and nothing else`() {
        for (object, types) in Self.fields {
            for (type, names) in types {
                for name in names {
                    let field = metadata.fields.first { $0.fullName == "\(object).\(name)" }
                    #expect(field?.type == type, "\(object).\(name)")
                    #expect(field?.element.text("label")?.isEmpty == false, "\(object).\(name)")
                }
            }
            #expect(names(of: object) == Set(types.values.joined()), "\(object)")
        }
    }

    @Test func `rows are upserted by a unique external id, in which case counts`() {
        for (object, key) in Self.keys {
            for field in metadata.fields where field.object == object {
                let isKey = field.name == key
                for name in ["externalId", "unique", "caseSensitive", "required"] {
                    #expect((field.element.text(name) == "true") == isKey, "\(field.fullName): \(name)")
                }
            }
        }
    }

    @Test func `numbers hold what Amazon Connect may give: counts whole, seconds and percentages with fractions`() {
        let numbers = metadata.fields.filter {
            Self.fields[$0.object] != nil && ["Number", "Percent"].contains($0.type)
        }
        #expect(numbers.count == 29)
        for field in numbers {
            let scale = field.element.text("scale").flatMap { Int($0) } ?? -1
            let digits = field.element.text("precision").flatMap { Int($0) } ?? 0
            let isCount = field.type == "Number" && !field.name.contains("Seconds")
            #expect(scale == (isCount ? 0 : 2), "\(field.fullName)")
            // A week of seconds for a thousand contacts at once; 999.99 percent.
            #expect(digits - scale >= (field.type == "Percent" ? 3 : 9), "\(field.fullName)")
        }
    }

    @Test func `the manifest deploys the objects with all that belongs to them`() throws {
        let manifest = try SalesforceMetadataTests.document("manifest/contact-metrics.xml")
        func members(_ type: String) -> Set<String> {
            Set(
                manifest.children("types").filter { $0.text("name") == type }.flatMap { $0.children("members") }
                    .map(\.content))
        }
        let objects = Set(Self.fields.keys)
        #expect(members("CustomObject") == objects && members("CustomTab") == objects)
        let fields = Self.fields.flatMap { object, types in types.values.joined().map { "\(object).\($0)" } }
        #expect(members("CustomField") == Set(fields))
        #expect(members("PermissionSet") == ["Contact_Metric_Service", "Contact_Metric_User"])
        #expect(members("Layout").count == 2 && members("ListView").count == 3)
        #expect(members("Report").isEmpty && members("Dashboard").isEmpty)
    }

    @Test func `the service writes every field, and deletes what was, but no queue`() throws {
        let set = try #require(metadata.permissionSets["Contact_Metric_Service"])
        let written = metadata.fields.filter { Self.fields[$0.object] != nil && !$0.isRequired }.map(\.fullName)
        #expect(set.granted(toEdit: true) == Set(written))
        #expect(
            set.objectPermissions == [
                "Contact_Metric__c": ["allowCreate", "allowRead", "allowEdit", "allowDelete", "viewAllRecords"],
                "Queue_Status__c": ["allowCreate", "allowRead", "allowEdit", "viewAllRecords"],
            ])
    }

    @Test func `each page shows every field once, and lists tell queues from agents`() {
        for object in Self.fields.keys {
            let layout = metadata.layouts.first { $0.key.hasPrefix("\(object)-") }?.value
            let columns = layout?.children("layoutSections").flatMap { $0.children("layoutColumns") } ?? []
            let shown = columns.flatMap { $0.children("layoutItems") }.compactMap { $0.text("field") }
            #expect(shown.count == Set(shown).count, "\(object)")
            #expect(Set(shown.filter { $0.hasSuffix("__c") }) == names(of: object), "\(object)")
        }
        let lists = metadata.listViews.filter { list in Self.fields.keys.contains { list.key.hasPrefix("\($0).") } }
        #expect(lists.count == 3)
        for (name, list) in lists {
            let object = String(name.prefix { $0 != "." })
            let filters = list.children("filters")
            let used = Set(list.children("columns").map(\.content) + filters.compactMap { $0.text("field") })
            #expect(used.subtracting(["NAME"]).isSubset(of: names(of: object)), "\(name)")
            let kinds = filters.filter { $0.text("field") == "Kind__c" }.compactMap { $0.text("value") }
            let expected = ["Contact_Metric__c.Queues": ["queue"], "Contact_Metric__c.Agents": ["agent"]]
            #expect(kinds == expected[name] ?? [], "\(name)")
        }
    }
}
