import JSON
import Settings

/// A string in a block's parameters, with its use.
struct FlowText {
    enum Use: Equatable {
        /// Spoken to a caller, or shown in a chat or to an agent.
        case seen
        /// The same in SSML.
        case ssml
        /// Stored with the contact, a case or a profile: it may be shown, and may be data.
        case kept
        /// Passed to a function or a bot.
        case passed
        /// The id or ARN of a resource, a number or an address.
        case address
        /// A setting of Amazon Connect's.
        case setting
    }

    let text: String
    let use: Use
}

extension ContactFlow.Action {
    /// Every string of the parameters, with the keys of those that are shown or stored.
    var texts: [FlowText] {
        // The name and description of a contact, a task or a case.
        let titles = ["Name", "Description"].compactMap { parameters[$0]?.string }
        var texts = titles.map { FlowText(text: $0, use: .seen) }
        Self.add(parameters, as: .setting, to: &texts)
        return texts
    }

    /// The strings of the parameters and conditions, with every key.
    var wording: [String] {
        parameters.textsWithKeys + conditions.flatMap(\.operands)
    }

    private static func add(_ value: JSONValue, as use: FlowText.Use, to texts: inout [FlowText]) {
        switch value {
        case .string(let text): texts.append(FlowText(text: text, use: use == .seen && isSSML(text) ? .ssml : use))
        case .array(let elements): for element in elements { add(element, as: use, to: &texts) }
        case .object(let members):
            for (key, value) in members.sorted(by: { $0.key < $1.key }) {
                if use == .seen || use == .kept || use == .passed { texts.append(FlowText(text: key, use: use)) }
                add(value, as: self.use(of: key, in: use), to: &texts)
            }
        case .null, .bool, .number: break
        }
    }

    private static func isSSML(_ text: String) -> Bool { text.drop(while: \.isWhitespace).hasPrefix("<speak") }

    private static let kept: Set = [
        "Attributes", "FlowAttributes", "Tags", "TagKeys", "References", "CaseRequestFields", "ProfileRequestData",
    ]
    private static let passed: Set = ["LambdaInvocationAttributes", "LexSessionAttributes", "ContextVariables"]
    private static let addresses = ["Id", "ID", "Arn", "ARN", "Number", "Address", "Uri", "Alias"]
    /// Keys of views whose values are not shown.
    private static let names: Set = ["Type", "Name", "Id", "Key", "InputType", "LinkType"]

    private static func use(of key: String, in outer: FlowText.Use) -> FlowText.Use {
        switch outer {
        case .seen: names.contains(key) ? .setting : .seen
        case .ssml, .kept, .passed, .address: outer
        case .setting:
            switch key {
            case "Text", "ViewData", "InitialSystemMessage", "InitialMessage": .seen
            case "SSML": .ssml
            case "EventHooks", "LexBot": .address
            case _ where kept.contains(key): .kept
            case _ where passed.contains(key): .passed
            case _ where addresses.contains(where: key.hasSuffix): .address
            default: .setting
            }
        }
    }
}
