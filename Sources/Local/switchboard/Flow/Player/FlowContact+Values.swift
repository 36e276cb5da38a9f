import JSON

/// The values that references of a flow read.
///
/// "List of available contact attributes in Amazon Connect and their JSONPath references" in the Administrator Guide.
extension FlowContact {
    private var tree: JSONValue {
        let known: JSONValue = .members([
            "ContactId": .string(id), "InitialContactId": .string(id), "PreviousContactId": previous,
            "RelatedContactId": call.map(JSONValue.string), "Task": ["ContactId": .string(id)],
            "Channel": .string(channel), "InitiationMethod": .string(initiationMethod),
            "InstanceARN": .string(Self.instance), "AwsRegion": .string(Self.region), "LanguageCode": "en-US",
            "TextToSpeechVoiceId": "Joanna", "Tags": [:], "References": [:],
            "CustomerEndpoint": Self.endpoint(customer), "SystemEndpoint": Self.endpoint(system), "Queue": queue,
            "Attributes": .object(attributes), "FlowAttributes": .object(flowAttributes),
            "SegmentAttributes": .object(segments), "External": external,
            "LambdaInvocation": external.map { ["ResultData": $0] }, "Customer": profile, "Views": views,
            "Lex": lex, "StoredCustomerInput": storedInput.map(JSONValue.string),
        ])
        return .object((known.object ?? [:]).merging(others) { $1 })
    }

    /// The contact before this one; nil for a guide, which is a contact of its own.
    var previous: JSONValue? { call == nil ? .string(id) : nil }

    var initiationMethod: String { call == nil ? "INBOUND" : "API" }

    static func endpoint(_ number: String?) -> JSONValue? {
        number.map { ["Address": .string($0), "Type": "TELEPHONE_NUMBER"] }
    }

    /// The segment attributes as a flow reads them: the value itself, where an event has `{"ValueString": …}`.
    var segments: [String: JSONValue] {
        let own: [String: JSONValue] = [
            "connect:Subtype": .string(subtype), "connect:Direction": .string(initiationMethod),
        ]
        return own.merging(segmentAttributes) { $1 }
    }

    /// Returns the value at a reference's path; nil where there is none.
    private func value(at path: [String]) -> JSONValue? {
        var path = path
        // Events have the type of a segment attribute's value; flows read the value with or without it.
        if path.count > 2, path[0] == "SegmentAttributes", path[2].hasPrefix("Value"), path[2] != "Value" {
            path.remove(at: 2)
        }
        return path.reduce(tree as JSONValue?) { value, name in
            if let elements = value?.array, let index = Int(name) {
                return elements.indices.contains(index) ? elements[index] : nil
            }
            return value?[name]
        }
    }

    /// Returns a parameter with its references resolved, in keys too: a whole reference becomes the value itself, which
    /// may be an object; nil for one that has none. References within a string are replaced in it, by an empty string
    /// where they have no value.
    func value(_ parameter: JSONValue) -> JSONValue? {
        switch parameter {
        case .string(let text):
            if let reference = FlowReference.whole(text) { return value(at: reference.path) }
            return .string(FlowReference.replaced(in: text) { value(at: $0.path)?.scalarText ?? "" })
        case .array(let elements): return .array(elements.map { value($0) ?? "" })
        case .object(let members): return .object(values(members))
        case .null, .bool, .number: return parameter
        }
    }

    /// Returns an object's members with the references in their keys and values resolved; those without a value are
    /// empty strings.
    ///
    /// Of keys that become the same one, the last in the order of their names stays.
    func values(_ members: [String: JSONValue]) -> [String: JSONValue] {
        var values: [String: JSONValue] = [:]
        for (name, value) in members.sorted(by: { $0.key < $1.key }) {
            values[text(.string(name))] = self.value(value) ?? ""
        }
        return values
    }

    /// Returns a parameter as a string; empty for a reference without a value.
    func text(_ parameter: JSONValue?) -> String {
        parameter.flatMap(value)?.scalarText ?? ""
    }
}
