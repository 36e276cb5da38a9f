import JSON

extension FlowContact {
    /// Returns the event of an `InvokeLambdaFunction` block with these attributes.
    func event(_ parameters: [String: JSONValue]) -> [UInt8] {
        let data: JSONValue = [
            "Attributes": .object(attributes), "Channel": .string(channel), "ContactId": .string(id),
            "CustomerEndpoint": Self.endpoint(customer) ?? .null, "CustomerId": others["CustomerId"] ?? .null,
            "Description": others["Description"] ?? .null, "InitialContactId": .string(id),
            "InitiationMethod": .string(initiationMethod), "InstanceARN": .string(Self.instance),
            "LanguageCode": others["LanguageCode"] ?? "en-US",
            "MediaStreams": others["MediaStreams"] ?? ["Customer": ["Audio": .null]],
            "Name": others["Name"] ?? .null, "PreviousContactId": previous ?? .null, "Queue": queue ?? .null,
            "References": others["References"] ?? [:],
            "RelatedContactId": call.map(JSONValue.string) ?? .null,
            "SegmentAttributes": .object(
                segmentAttributes.merging(["connect:Subtype": .string(subtype)]) { $1 }
                    .mapValues { $0.object == nil ? ["ValueString": $0] : ["ValueMap": $0] }),
            "SystemEndpoint": Self.endpoint(system) ?? .null, "Tags": others["Tags"] ?? [:],
        ]
        // A reference without a value is passed as an empty string.
        return JSONValue.object([
            "Name": "ContactFlowEvent",
            "Details": ["ContactData": data, "Parameters": .object(values(parameters))],
        ]).bytes
    }
}
