import Foundation
import JSON
import Settings

/// The project's template.yaml: the deployment of its functions.
///
/// "AWS SAM template anatomy" in the AWS SAM Developer Guide.
struct Template: Sendable {
    static let file = "template.yaml"

    /// The parameters' defaults.
    let parameters: [String: JSONValue]
    let conditions: [String: JSONValue]
    /// The properties that all functions share.
    let globals: JSONValue?
    let resources: [String: JSONValue]

    /// Throws a refusal for text that is not a template.
    init(_ bytes: [UInt8], named name: String = file) throws {
        guard let json = try YAMLText.value(bytes, named: name), let resources = json["Resources"]?.object else {
            throw Refusal("\(name) is no template: it has no Resources.")
        }
        parameters = (json["Parameters"]?.object ?? [:]).compactMapValues { $0["Default"] }
        conditions = json["Conditions"]?.object ?? [:]
        globals = json["Globals"]?["Function"]
        self.resources = resources
    }

    /// Returns the resources of a type such as `AWS::ApiGatewayV2::Route`, by logical id.
    func resources(of type: String) -> [String: JSONValue] {
        resources.filter { $0.value["Type"]?.string == type }
    }

    /// The functions, by logical id, which is the name of their folder.
    var functions: [String: JSONValue] {
        resources(of: "AWS::Serverless::Function").merging(resources(of: "AWS::Lambda::Function")) { $1 }
    }
}

extension Project {
    /// Returns the template; nil for a project without template.yaml.
    func template() throws -> Template? {
        let url = root.appending(path: Template.file)
        guard FileManager.default.fileExists(atPath: url.path) else { return nil }
        return try templates.template(of: Files.read(url, "template"))
    }
}
