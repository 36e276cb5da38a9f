import AmazonConnect
import LambdaRuntime
import Settings

/// The language of a caller, for a contact flow.
struct PickLanguage: LambdaFunction {
    struct Output: Encodable { let language: String }

    init(environment: Environment) throws {}

    func handle(_ event: ContactFlowEvent, context: LambdaContext) async throws -> Output {
        if let chosen = try event.parameters.text("language") { return Output(language: chosen) }
        let number = event.contact.customerEndpoint?.address ?? ""
        return Output(language: number.hasPrefix("+49") ? "de-DE" : "en-US")
    }
}
