import Foundation

/// The components that `integrations/salesforce` deploys.
struct SalesforceMetadata {
    struct Field {
        let object: String
        let name: String
        let element: MetadataElement

        var fullName: String { "\(object).\(name)" }
        var type: String? { element.text("type") }
        var isRequired: Bool { element.text("required") == "true" }
        var isFormula: Bool { element.text("formula") != nil }
        /// The object whose records have the field: Salesforce keeps the fields of tasks and events in Activity.
        var owner: String { object == "Activity" ? "Task" : object }
    }

    /// The custom objects by name.
    private(set) var objects: [String: MetadataElement] = [:]
    private(set) var fields: [Field] = []
    private(set) var permissionSets: [String: MetadataElement] = [:]
    private(set) var tabs: [String: MetadataElement] = [:]
    /// By object and name, such as `Task.Voicemail`.
    private(set) var listViews: [String: MetadataElement] = [:]
    private(set) var validationRules: [String: MetadataElement] = [:]
    /// By file name: the object, a hyphen, the layout's name.
    private(set) var layouts: [String: MetadataElement] = [:]
    /// By folder and name, such as `Contact_Metrics/Queues_Now`; folders by their names alone.
    private(set) var reports: [String: MetadataElement] = [:]
    private(set) var dashboards: [String: MetadataElement] = [:]
    private(set) var folders: [String: MetadataElement] = [:]

    init() throws {
        for file in try SalesforceMetadataTests.files() where file.hasPrefix("force-app/") {
            let path = file.split(separator: "/").map(String.init)
            let name = path[path.count - 1].split(separator: ".").dropLast(2).joined(separator: ".")
            let element = try SalesforceMetadataTests.document(file)
            switch element.name {
            case "CustomObject": objects[name] = element
            case "CustomField": fields.append(Field(object: path[path.count - 3], name: name, element: element))
            case "PermissionSet": permissionSets[name] = element
            case "CustomTab": tabs[name] = element
            case "ListView": listViews["\(path[path.count - 3]).\(name)"] = element
            case "ValidationRule": validationRules["\(path[path.count - 3]).\(name)"] = element
            case "Layout": layouts[name] = element
            case "Report": reports["\(path[path.count - 2])/\(name)"] = element
            case "Dashboard": dashboards["\(path[path.count - 2])/\(name)"] = element
            case "ReportFolder", "DashboardFolder": folders["\(element.name) \(name)"] = element
            default: break
            }
        }
    }

    /// Returns the permission sets with that suffix in their names.
    func sets(_ ending: String) -> [MetadataElement] {
        permissionSets.filter { $0.key.hasSuffix("_\(ending)") }.sorted { $0.key < $1.key }.map(\.value)
    }
}

extension MetadataElement {
    /// The fields that a permission set grants.
    func granted(toEdit: Bool = false) -> Set<String> {
        Set(
            children("fieldPermissions").filter { $0.text(toEdit ? "editable" : "readable") == "true" }
                .compactMap { $0.text("field") })
    }

    /// The rights on objects that a permission set grants, by object.
    var objectPermissions: [String: Set<String>] {
        let names = ["allowCreate", "allowRead", "allowEdit", "allowDelete", "viewAllRecords", "modifyAllRecords"]
        return children("objectPermissions").reduce(into: [:]) { all, permissions in
            all[permissions.text("object") ?? "", default: []].formUnion(
                names.filter { permissions.text($0) == "true" })
        }
    }
}
