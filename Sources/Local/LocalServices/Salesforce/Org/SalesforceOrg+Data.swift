import Foundation
import JSON

extension SalesforceOrg {
    /// Carries out one data call.
    func perform(_ call: DataCall, as user: SalesforceUser) throws(SalesforceFailure) -> SalesforceOrgResponse {
        let rest = Array(call.segments.dropFirst())
        switch (call.segments[0], rest.count) {
        case ("query", 0):
            try call.allow("GET", "HEAD")
            guard let text = call.query["q"] else {
                throw .malformedQuery("A query string has to be specified")
            }
            return try query(text, call, user)
        case ("query", 1):
            try call.allow("GET", "HEAD")
            return try page(rest[0], call, user)
        case ("sobjects", 1):
            try call.allow("POST")
            let object = try object(rest[0], user)
            let id = try create(object, try call.object(), call, user)
            return SalesforceOrgResponse(
                201, Self.success(id), fields: ["Location": "\(call.base)/sobjects/\(object.name)/\(id)"])
        case ("sobjects", 2):
            return try record(try object(rest[0], user), id: rest[1], call, user)
        case ("sobjects", 3):
            let object = try object(rest[0], user)
            return try record(object, try externalID(rest[1], of: object), rest[2], call, user)
        case ("parameterizedSearch", 0):
            try call.allow("POST")
            return SalesforceOrgResponse(200, try search(call, user))
        case ("composite", 0):
            try call.allow("POST")
            return try composite(call, user)
        case ("composite", 1...) where rest[0] == "sobjects":
            return SalesforceOrgResponse(200, .array(try collection(Array(rest.dropFirst()), call, user)))
        default: throw .notFound
        }
    }

    // MARK: Single records

    private func record(
        _ object: SalesforceSchema.Object, id: String, _ call: DataCall, _ user: SalesforceUser
    ) throws(SalesforceFailure) -> SalesforceOrgResponse {
        try call.allow("GET", "PATCH")
        guard let found = store.record(id, of: object.name), store.sees(user, found, of: object.name) else {
            throw SalesforceFailure(404, "NOT_FOUND", "Provided external ID field does not exist or is not accessible")
        }
        if call.method == "GET" {
            return SalesforceOrgResponse(
                200, store.shown(found, of: user.rights.visible(object) ?? object, base: call.base))
        }
        try update(id, object, try call.object(), call, user)
        return SalesforceOrgResponse(204)
    }

    private func record(
        _ object: SalesforceSchema.Object, _ field: SalesforceSchema.Field, _ value: String, _ call: DataCall,
        _ user: SalesforceUser
    ) throws(SalesforceFailure) -> SalesforceOrgResponse {
        try call.allow("GET", "PATCH")
        let matches = store.records(of: object.name, where: field.name, is: value)
            .filter { store.sees(user, $0, of: object.name) }
        guard matches.count < 2 else {
            let urls = matches.map {
                JSONValue.string("\(call.base)/sobjects/\(object.name)/\($0["Id"]?.string ?? "")")
            }
            return SalesforceOrgResponse(300, .array(urls))
        }
        if call.method == "GET" {
            guard let found = matches.first else { throw .notFound }
            return SalesforceOrgResponse(
                200, store.shown(found, of: user.rights.visible(object) ?? object, base: call.base))
        }
        let (id, isNew) = try upsert(object, field, value, try call.object(), call, user)
        guard isNew || !call.hasQuietUpdates else { return SalesforceOrgResponse(204) }
        return SalesforceOrgResponse(isNew ? 201 : 200, Self.success(id, created: isNew))
    }

    func create(
        _ object: SalesforceSchema.Object, _ fields: [String: JSONValue], _ call: DataCall,
        _ user: SalesforceUser
    ) throws(SalesforceFailure) -> String {
        try user.rights.check(fields, of: object, creating: true)
        return try store.create(
            object, assigned(fields, object, call), owner: user, at: configuration.now(),
            allowsDuplicates: call.allowsDuplicates)
    }

    func update(
        _ id: String, _ object: SalesforceSchema.Object, _ fields: [String: JSONValue], _ call: DataCall,
        _ user: SalesforceUser
    ) throws(SalesforceFailure) {
        try user.rights.check(fields, of: object, creating: false)
        try store.update(id, object, assigned(fields, object, call), at: configuration.now())
    }

    /// Returns the fields with the owner that assignment rules choose, whatever owner they had.
    private func assigned(
        _ fields: [String: JSONValue], _ object: SalesforceSchema.Object, _ call: DataCall
    ) -> [String: JSONValue] {
        guard call.assignsOwners, let queue = object.queue else { return fields }
        return fields.filter { $0.key.lowercased() != "ownerid" }.merging(["OwnerId": .string(queue)]) { $1 }
    }

    func upsert(
        _ object: SalesforceSchema.Object, _ field: SalesforceSchema.Field, _ value: String,
        _ fields: [String: JSONValue], _ call: DataCall, _ user: SalesforceUser
    ) throws(SalesforceFailure) -> (id: String, isNew: Bool) {
        if fields.keys.contains(where: { $0.lowercased() == field.name.lowercased() }) {
            throw SalesforceFailure(
                "INVALID_FIELD", "The \(field.name) field should not be specified in the sobject data.",
                fields: [field.name])
        }
        // One that sharing hides is not found, and the new one is refused as its duplicate.
        let found = store.records(of: object.name, where: field.name, is: value).first {
            store.sees(user, $0, of: object.name)
        }
        if let id = found?["Id"]?.string {
            try update(id, object, fields, call, user)
            return (id, false)
        }
        var all = fields
        all[field.name] = .string(value)
        return (try create(object, all, call, user), true)
    }

    // MARK: Names

    /// Returns the object; one hidden from the user is refused as if it did not exist.
    func object(_ name: String, _ user: SalesforceUser) throws(SalesforceFailure) -> SalesforceSchema.Object {
        guard let object = store.object(name), user.rights.visible(object) != nil else { throw .notFound }
        return object
    }

    func externalID(
        _ name: String, of object: SalesforceSchema.Object
    ) throws(SalesforceFailure) -> SalesforceSchema.Field {
        guard let field = object.field(name), field.isExternalID else {
            throw SalesforceFailure(
                404, "NOT_FOUND", "Provided external ID field does not exist or is not accessible: \(name)")
        }
        return field
    }

    static func success(_ id: String, created: Bool? = nil) -> JSONValue {
        var members: [String: JSONValue] = ["id": .string(id), "success": .bool(true), "errors": .array([])]
        members["created"] = created.map(JSONValue.bool)
        return .object(members)
    }
}
