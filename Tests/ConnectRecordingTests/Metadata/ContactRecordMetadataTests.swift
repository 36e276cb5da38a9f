import Foundation
import Testing

@testable import LocalServices

/// The metadata that contact records need: `manifest/contact-records.xml` of `integrations/salesforce`.
struct ContactRecordMetadataTests {
    private static let object = "Call_Recording_Info__c"
    /// What ConnectContactRecords writes, beside the fields that ConnectRecording has.
    private static let written: Set = [
        "Channel__c", "Initiation_Method__c", "Disconnect_Reason__c", "Started_At__c", "Ended_At__c",
        "Duration_Seconds__c", "Queue__c", "Queue_Seconds__c", "Agent_Username__c", "Agent_Seconds__c",
        "Hold_Seconds__c", "After_Call_Seconds__c", "System_Number__c", "Initial_Contact_Id__c",
        "Previous_Contact_Id__c", "Next_Contact_Id__c", "Abandoned__c", "Transferred_To__c", "Last_Update__c",
        "Contact__c", "Lead__c",
    ]

    private let metadata: SalesforceMetadata
    private let manifest: MetadataElement

    init() throws {
        metadata = try SalesforceMetadata()
        manifest = try SalesforceMetadataTests.document("manifest/contact-records.xml")
    }

    private func members(_ type: String) -> Set<String> {
        Set(
            manifest.children("types").filter { $0.text("name") == type }.flatMap { $0.children("members") }.map(
                \.content))
    }

    @Test func `the manifest has the fields of the call record, and the id of tasks`() {
        let fields = Self.written.map { "\(Self.object).\($0)" } + ["Activity.Contact_Id__c"]
        #expect(members("CustomField") == Set(fields))
        let id = metadata.fields.first { $0.fullName == "Activity.Contact_Id__c" }?.element
        let objects = Set(metadata.fields.map(\.object))
        for name in ["externalId", "unique", "caseSensitive"] { #expect(id?.text(name) == "true", "\(name)") }
        #expect(id?.text("type") == "Text" && id?.text("required") == "false")
        #expect(!objects.contains("Task"), "Salesforce keeps the fields of tasks in Activity")
    }

    @Test func `the service writes every field, and tasks by their id`() throws {
        let set = try #require(metadata.permissionSets["Contact_Record_Service"])
        let deployed = Set(metadata.fields.filter { !$0.isRequired }.map(\.fullName))
        let granted = set.granted(toEdit: true)
        let ofRecord = granted.filter { $0.hasPrefix(Self.object) }
        let ofTask = granted.filter { $0.hasPrefix("Task.") }
        let written = Self.written.map { "\(Self.object).\($0)" }
        // Contact Lens's fields are ConnectRecording's.
        #expect(ofRecord.isSuperset(of: written) && ofRecord.isSubset(of: deployed))
        #expect(
            ofTask == ["Task.ActivityDate", "Task.Contact_Id__c", "Task.Description", "Task.WhatId", "Task.WhoId"])
        let people = set.children("userPermissions").filter { $0.text("enabled") == "true" }.compactMap {
            $0.text("name")
        }
        #expect(Set(people) == ["ActivitiesAccess", "ApiEnabled", "EditTask"])
        for object in ["Account", "Contact", "Lead"] {
            #expect(set.objectPermissions[object] == ["allowRead", "viewAllRecords"], "\(object)")
        }
        #expect(set.objectPermissions[Self.object] == ["allowCreate", "allowRead", "allowEdit", "viewAllRecords"])
    }

    @Test func `a record older than the stored one is refused, with the message that the local Salesforce has`() throws
    {
        let rule = try #require(metadata.validationRules["\(Self.object).STALE_CONTACT_RECORD"])
        #expect(metadata.validationRules.count == 1)
        #expect(rule.text("active") == "true")
        #expect(rule.text("errorMessage") == SalesforceStore.staleContactRecord)
        #expect(rule.text("errorMessage")?.hasPrefix("STALE_CONTACT_RECORD") == true)
        let formula = (rule.text("errorConditionFormula") ?? "").filter { !$0.isWhitespace }
        #expect(formula.contains("Last_Update__c<PRIORVALUE(Last_Update__c)"))
        // A message of at most 255 characters.
        #expect((rule.text("errorMessage") ?? "").count <= 255)
    }

    @Test func `the page shows all of a call record, in fields that are there`() throws {
        let layout = try #require(metadata.layouts["\(Self.object)-Contact Record Layout"])
        let columns = layout.children("layoutSections").flatMap { $0.children("layoutColumns") }
        let shown = columns.flatMap { $0.children("layoutItems") }.compactMap { $0.text("field") }
        #expect(shown.count == Set(shown).count)
        let deployed = Set(metadata.fields.filter { $0.object == Self.object }.map(\.name))
        let custom = Set(shown.filter { $0.hasSuffix("__c") })
        #expect(custom.isSuperset(of: Self.written.union(["Access_URL__c", "File_Name__c", "Contact_Id__c"])))
        #expect(custom.isSubset(of: deployed))
    }

    @Test func `missed calls and voicemail have a list each, of call records and of open tasks`() {
        let lists = Set(["Missed_Calls", "Voicemail"].flatMap { ["\(Self.object).\($0)", "Task.\($0)"] })
        let own = metadata.listViews.filter { $0.key.hasPrefix("\(Self.object).") || $0.key.hasPrefix("Task.") }
        #expect(Set(own.keys) == lists && members("ListView") == lists)
        let deployed = Set(metadata.fields.filter { $0.object == Self.object }.map(\.name))
        for (name, list) in own {
            let filters = list.children("filters")
            #expect(!filters.isEmpty && list.text("filterScope") == "Everything", "\(name)")
            let filtered = filters.compactMap { $0.text("field") }
            let used = Set(filtered + list.children("columns").map(\.content))
            if name.hasPrefix("Task.") {
                let open = filters.first { $0.text("field") == "IS_CLOSED" }
                #expect(open?.text("value") == "0", "\(name)")
            } else {
                #expect(used.isSubset(of: deployed), "\(name)")
                // A long text area takes no filter.
                #expect(!filtered.contains("File_Name__c"))
            }
        }
    }
}
