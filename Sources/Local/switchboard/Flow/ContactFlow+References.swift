extension ContactFlow.Action {
    /// The references in the parameters, in their keys and in the conditions.
    var references: [FlowReference] { wording.flatMap { FlowReference.all(in: $0) } }

    /// Returns true when a reference reads that namespace, such as `CustomerEndpoint`.
    func reads(_ root: String) -> Bool { references.contains { $0.root == root } }
}
