import Foundation
import Testing

@testable import LocalServices

/// The rules by which `integrations/salesforce` deploys into an unprepared org, and people see its contents.
struct SalesforceMetadataRuleTests {
    private let metadata: SalesforceMetadata

    init() throws {
        metadata = try SalesforceMetadata()
    }

    @Test func `users read every object and field but the links, change nothing, and see a tab for each object`() {
        let users = metadata.sets("User")
        #expect(!metadata.objects.isEmpty && !users.isEmpty)
        let readable = users.reduce(into: Set<String>()) { $0.formUnion($1.granted()) }
        let fields = metadata.fields.filter { metadata.objects[$0.object] != nil && !$0.isRequired && $0.type != "Url" }
        #expect(readable == Set(fields.map(\.fullName)))
        for set in users {
            #expect(set.granted(toEdit: true).isEmpty)
            #expect(Set(set.objectPermissions.values) == [["allowRead"]])
        }
        #expect(Set(users.flatMap(\.objectPermissions.keys)) == Set(metadata.objects.keys))
        let visible = users.flatMap { $0.children("tabSettings") }.filter { $0.text("visibility") == "Visible" }
        #expect(Set(visible.compactMap { $0.text("tab") }) == Set(metadata.objects.keys))
        #expect(metadata.tabs.keys.sorted() == metadata.objects.keys.sorted())
        for tab in metadata.tabs.values { #expect(tab.text("customObject") == "true") }
    }

    @Test func `listeners read the links, which nobody writes but services`() {
        let links = Set(metadata.fields.filter { $0.type == "Url" }.map(\.fullName))
        let listeners = metadata.sets("Listener")
        #expect(!links.isEmpty && listeners.count == 1)
        for set in listeners {
            #expect(set.granted() == links && set.granted(toEdit: true).isEmpty && set.objectPermissions.isEmpty)
        }
        for (name, set) in metadata.permissionSets where !name.hasSuffix("_Service") {
            // Administrators say who is which agent.
            let own: Set = name.hasSuffix("_Admin") ? ["User.Connect_Agent_Id__c"] : []
            #expect(set.granted(toEdit: true) == own, "\(name)")
        }
        // The owner of a record could change its link otherwise, and sharing would let others do it.
        for (name, object) in metadata.objects { #expect(object.text("sharingModel") == "Read", "\(name)") }
    }

    @Test func `no permission set names a required field, or grants what depends on something that it does not`() {
        let required = Set(metadata.fields.filter(\.isRequired).map(\.fullName))
        #expect(!required.isEmpty)
        for (name, set) in metadata.permissionSets {
            let granted = Set(set.children("fieldPermissions").compactMap { $0.text("field") })
            #expect(granted.isDisjoint(with: required), "\(name): you cannot deploy to a required field")
            #expect(set.granted(toEdit: true).isSubset(of: set.granted()), "\(name)")
            let formulas = metadata.fields.filter(\.isFormula).map(\.fullName)
            #expect(set.granted(toEdit: true).isDisjoint(with: formulas), "\(name)")
            let objects = set.objectPermissions
            // Person accounts make each depend on the other.
            #expect(objects["Account", default: []].isSubset(of: objects["Contact", default: []]), "\(name)")
            #expect(objects["Task"] == nil, "\(name): user permissions rule tasks")
            for rights in objects.values where !rights.isEmpty {
                #expect(rights.contains("allowRead"), "\(name)")
                #expect(!rights.contains("modifyAllRecords"), "\(name)")
                #expect(!rights.contains("allowDelete") || rights.contains("allowEdit"), "\(name)")
            }
            #expect((set.text("label") ?? "").count <= 80 && set.text("license") == nil, "\(name)")
        }
    }

    @Test func `services delete nothing but old metrics, and use the API`() {
        #expect(metadata.sets("Service").count == 5)
        for set in metadata.sets("Service") {
            let deleted = set.objectPermissions.filter { $0.value.contains("allowDelete") }.keys
            #expect(Set(deleted).isSubset(of: ["Contact_Metric__c"]))
            #expect(set.children("userPermissions").contains { $0.text("name") == "ApiEnabled" })
        }
    }

    @Test func `the local integration user has what the services' sets grant, and nothing else`() throws {
        let rights = try #require(SalesforceRights.integration.objects)
        let sets = metadata.sets("Service")
        // A task's rights are user permissions.
        #expect(Set(rights.keys) == Set(sets.flatMap(\.objectPermissions.keys) + ["Task"]))
        let people = Set(sets.flatMap { $0.children("userPermissions") }.compactMap { $0.text("name") })
        #expect(people.isSuperset(of: ["ActivitiesAccess", "EditTask"]))
        for (name, of) in rights {
            let granted = sets.reduce(into: Set<String>()) { $0.formUnion($1.objectPermissions[name, default: []]) }
            let isTask = name == "Task"
            #expect(of.mayCreate == (isTask || granted.contains("allowCreate")), "\(name)")
            #expect(of.mayEdit == (isTask || granted.contains("allowEdit")), "\(name)")
            func fields(toEdit: Bool) -> Set<String> {
                let all = sets.reduce(into: Set<String>()) { $0.formUnion($1.granted(toEdit: toEdit)) }
                return Set(all.filter { $0.hasPrefix("\(name).") }.map { String($0.dropFirst(name.count + 1)) })
            }
            #expect(of.readable == fields(toEdit: false) && of.editable == fields(toEdit: true), "\(name)")
            let object = try #require(SalesforceSchema.object(name))
            for field in of.readable { #expect(object.field(field)?.isPermissionable == true, "\(name).\(field)") }
        }
    }

    @Test func `the local Salesforce's fields are those that are deployed, with their lengths`() throws {
        let lengths = ["Url": 255, "Phone": 40, "Text": 1_300]
        for field in metadata.fields {
            let local = try #require(SalesforceSchema.object(field.owner)?.field(field.name), "\(field.fullName)")
            switch local.kind {
            case .text(let length):
                let own = field.element.text("length").flatMap { Int($0) }
                #expect(length == own ?? lengths[field.type ?? ""], "\(field.fullName)")
            case .reference(let objects): #expect([field.element.text("referenceTo")] == objects)
            case .number: #expect(["Number", "Percent"].contains(field.type), "\(field.fullName)")
            case .boolean: #expect(field.type == "Checkbox", "\(field.fullName)")
            case .dateTime: #expect(field.type == "DateTime", "\(field.fullName)")
            default: Issue.record("\(field.fullName) is of another type")
            }
            #expect(local.isRequired == field.isRequired && local.isReadOnly == field.isFormula, "\(field.fullName)")
            #expect(local.isUnique == (field.element.text("unique") == "true"), "\(field.fullName)")
            #expect(local.isExternalID == (field.element.text("externalId") == "true"), "\(field.fullName)")
        }
        for name in metadata.objects.keys {
            let custom = SalesforceSchema.object(name)?.fields.map(\.name).filter { $0.hasSuffix("__c") } ?? []
            #expect(Set(custom) == Set(metadata.fields.filter { $0.object == name }.map(\.name)))
        }
    }

    @Test func `the licence steps stand in the README in the order that Setup takes them`() throws {
        let page = try String(contentsOf: SalesforceMetadataTests.root.appending(path: "README.md"), encoding: .utf8)
        var rest = page[...]
        for step in [
            "licence Salesforce Integration", "profile Minimum Access - API Only Integrations",
            "permission set licence Salesforce API Integration", "--name Call_Recording_Service",
        ] {
            let found = try #require(rest.firstRange(of: step), "\(step) is missing, or stands too early")
            rest = rest[found.upperBound...]
        }
        for set in metadata.permissionSets.keys { #expect(page.contains("--name \(set)"), "nobody assigns \(set)") }
    }
}
