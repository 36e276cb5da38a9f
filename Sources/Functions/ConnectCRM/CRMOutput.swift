import AmazonConnect

/// The response to the flow.
struct CRMOutput: FlowResponse, Equatable {
    let fields: [String: String]
}
