import CallRecords
import Foundation
import Salesforce
import Settings
import Testing
import TestSupport

@testable import ConnectRecording

/// The metadata that `integrations/salesforce` deploys.
struct SalesforceMetadataTests {
    static let root = TestProcess.root.appending(path: "integrations/salesforce")

    static func document(_ path: String) throws -> MetadataElement {
        try MetadataElement(contentsOf: root.appending(path: path))
    }

    static func files() throws -> [String] {
        let all = try FileManager.default.subpathsOfDirectory(atPath: root.path)
        return all.filter { $0.hasSuffix(".xml") }.sorted()
    }

    @Test func `every file is well-formed, of the Metadata API's namespace, and named for what it is`() throws {
        let files = try Self.files()
        #expect(files.count == 123)
        let roots = [
            "object-meta": "CustomObject", "field-meta": "CustomField", "layout-meta": "Layout",
            "permissionset-meta": "PermissionSet", "tab-meta": "CustomTab", "package": "Package", "leads": "Package",
            "customers": "Package", "contact-records": "Package", "contact-metrics": "Package",
            "listView-meta": "ListView", "validationRule-meta": "ValidationRule", "report-meta": "Report",
            "reportFolder-meta": "ReportFolder", "dashboard-meta": "Dashboard",
            "dashboardFolder-meta": "DashboardFolder",
        ]
        for file in files {
            let document = try Self.document(file)
            let name = file.split(separator: "/").last.map(String.init) ?? ""
            let kind = roots.first { name.contains($0.key) }?.value
            #expect(document.name == kind, "\(file)")
            #expect(document.namespace == "http://soap.sforce.com/2006/04/metadata", "\(file)")
            if kind == "CustomField" { #expect(document.text("fullName").map { "\($0).field-meta.xml" } == name) }
        }
    }

    @Test func `contacts' ids are a unique external id, and every field that is written is there`() throws {
        let folder = "force-app/main/default/objects/Call_Recording_Info__c/fields/"
        let id = try Self.document(folder + "Contact_Id__c.field-meta.xml")
        for name in ["externalId", "unique", "required"] { #expect(id.text(name) == "true") }
        let link = RecordingLink(base: "https://calls.example.com", secret: LinkSecret(Redacted("s")))
        let key = try #require(RecordingKey(Events.key(RecordingFixture.id)))
        let crm = try RegistrationTests.client(ScriptedSalesforce())
        let records = CallRecordStore(object: "Call_Recording_Info__c", crm: crm, link: link)
        let analysis = try ContactAnalysis(parsing: Array(Analyses.voice(of: "c").utf8), hasTranscript: true)
        #expect(analysis.fields.count == 8)
        let written =
            (Array(records.row(key).keys) + analysis.fields.keys).map(\.text) + [
                "Contact_Mobile_Number__c", "Account__c",
            ]
        for name in written where name != "Name" {
            #expect(try Self.document(folder + "\(name).field-meta.xml").text("type")?.isEmpty == false)
        }
    }

    @Test func `the manifest and the service's permission set name every field`() throws {
        let fields = try Self.files().filter { $0.hasSuffix(".field-meta.xml") }.map { file in
            let parts = file.split(separator: "/")
            return "\(parts[parts.count - 3]).\(parts[parts.count - 1].split(separator: ".")[0])"
        }
        let manifests = try ["package", "contact-records", "customers", "contact-metrics"].map { name in
            let types = try Self.document("manifest/\(name).xml").children("types")
            return types.first { $0.text("name") == "CustomField" }?.children("members").map(\.content) ?? []
        }
        #expect(manifests.flatMap(\.self).sorted() == fields.sorted())
        let set = try Self.document(
            "force-app/main/default/permissionsets/Call_Recording_Service.permissionset-meta.xml")
        let allowed = set.children("fieldPermissions").compactMap { $0.text("field") }
        // A required field has no permission of its own.
        #expect(
            Set(allowed)
                == Set(manifests[0]).subtracting(["Call_Recording_Info__c.Contact_Id__c"]).union(["Account.Phone"]))
    }
}
