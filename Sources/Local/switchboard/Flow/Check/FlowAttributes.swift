import JSON

/// The contact attributes that flows set.
struct FlowAttributes {
    private(set) var names: Set<String> = []
    /// True when a flow sets an attribute whose name is a reference, known only during the call.
    private(set) var isOpen = false

    init() {}

    init(_ flows: some Sequence<ContactFlow>) {
        for action in flows.flatMap(\.actions) where action.type == "UpdateContactAttributes" {
            let keys = action.parameters["Attributes"]?.object?.keys.map { String($0) } ?? []
            names.formUnion(keys)
            isOpen = isOpen || keys.contains { !FlowReference.all(in: $0).isEmpty }
        }
    }

    func contains(_ name: String) -> Bool { isOpen || names.contains(name) }

    /// Returns the names of the attributes that an action reads.
    static func read(by action: ContactFlow.Action) -> Set<String> {
        Set(action.references.filter { $0.root == "Attributes" }.compactMap(\.name))
    }
}
