import HTTPEvents
import JSON
import Salesforce

/// A request to `/createRecord`: `{"data":{…},"urlparams":"services/data/v48.0/sobjects"}`.
struct CreateRequest {
    let object: APIName
    /// The version of `urlparams`; nil without it.
    let version: APIVersion?
    /// The record's fields as a JSON object, as they were written.
    let fields: [UInt8]

    /// Reads the event; `name` is the path's object, if it has one.
    init(_ event: HTTPEvent, object name: String?, allowed: Set<APIName>) throws(WrapperError) {
        let members = try RequestBody.members(
            of: event, expecting: "Send a JSON object with the record's fields as data.")
        guard let data = try RequestBody.member("data", of: members), let record = data.members else {
            throw .invalid("data is missing or not a JSON object: give the record's fields.")
        }
        let parameters = try RequestBody.member("urlparams", of: members)
        let path = try parameters.map { parameters throws(WrapperError) in try URLParameters(parameters) }
        version = path?.version
        object = try Self.object([name, path?.object, Self.type(of: record)], allowed)
        // They name the object, which for Salesforce the path does.
        fields = data.removing("attributes")
    }

    /// Returns the only object named, `Lead` when none is.
    private static func object(_ names: [String?], _ allowed: Set<APIName>) throws(WrapperError) -> APIName {
        let names = Set(names.compactMap(\.self))
        guard names.count <= 1 else {
            throw .invalid("The path, urlparams and data.attributes.type name different objects.")
        }
        guard let name = names.first else { return try check("Lead", allowed) }
        guard let object = APIName(name) else { throw .objectNotAllowed }
        return try check(object, allowed)
    }

    private static func check(_ object: APIName, _ allowed: Set<APIName>) throws(WrapperError) -> APIName {
        guard allowed.contains(object) else { throw .objectNotAllowed }
        return object
    }

    private static func type(of record: [(name: String, value: RawJSON)]) throws(WrapperError) -> String? {
        guard let attributes = try RequestBody.member("attributes", of: record) else { return nil }
        guard let members = attributes.members else { throw .invalid("data.attributes must be an object.") }
        guard let type = try RequestBody.member("type", of: members) else { return nil }
        guard let name = type.string else { throw .invalid("data.attributes.type must be an object's API name.") }
        return name
    }
}

/// `services/data/vNN.N/sobjects`, with or without an object after it; no other path is accepted.
private struct URLParameters {
    let version: APIVersion
    let object: String?

    init(_ value: RawJSON) throws(WrapperError) {
        let parts = (value.string ?? "").split(separator: "/", omittingEmptySubsequences: false)
        guard (4...5).contains(parts.count), parts[0] == "services", parts[1] == "data",
            let version = APIVersion(parts[2]), parts[3] == "sobjects", parts.count == 4 || APIName(parts[4]) != nil
        else {
            throw .invalid("urlparams must be services/data/vNN.N/sobjects or services/data/vNN.N/sobjects/<object>.")
        }
        self.version = version
        object = parts.count == 5 ? String(parts[4]) : nil
    }
}
