import AWS
import AmazonConnect
import Calling
import Idempotency
import LambdaRuntime
import MessageTemplates
import Settings

/// Sends one templated text message for a contact flow, or a direct invoke, through Amazon SNS or End User Messaging.
@main
struct SendSMS: LambdaFunction {
    private let settings: SMSSettings
    private let templates: TemplateDirectory
    private let provider: any SMSProvider
    private let once: SendOnce
    private let aws: AWSClient

    init(environment: Environment) throws {
        let (settings, templates, table, aws) = try environment.read(
            SMSSettings.variable, TemplateDirectory.variable, IdempotencyTable.variable, AWSConfiguration.variable)
        self.init(settings: settings, templates: templates, table: table, aws: AWSClient(configuration: aws))
    }

    /// Creates the function with its dependencies.
    init(
        settings: SMSSettings, templates: TemplateDirectory, table: String, aws: AWSClient,
        timing: CallTiming = CallTiming()
    ) {
        self.settings = settings
        self.templates = templates
        self.aws = aws
        switch settings.provider {
        case .sns: provider = SNSProvider(client: SNSClient(aws), settings: settings)
        case .endUserMessaging(let origination):
            provider = EndUserMessagingProvider(
                client: EndUserMessagingClient(aws), origination: origination, maxPrice: settings.maxPrice)
        }
        self.once = SendOnce(table: table, aws: aws, timing: timing)
    }

    func warmUp() async { await aws.warmUp() }

    /// Sends the message that the event asks for, once.
    func handle(_ event: ContactFlowEvent, context: LambdaContext) async throws -> SMSOutput {
        let request = try SMSRequest(event, settings: settings)
        let text = try request.text(from: templates, settings: settings)
        let parts = String(text.parts)
        do throws(SendOnceError<DeliveryError>) {
            let outcome = try await once(
                request.key(for: text), callDeadline: context.callDeadline, deadline: context.deadline,
                logger: context.logger
            ) { deadline throws(DeliveryError) in
                switch try await provider.send(text, to: request.destination, kind: request.kind, deadline: deadline) {
                case .accepted(let messageID): .sent(Receipt(messageID: messageID, details: ["parts": parts]))
                case .optedOut: .withheld
                }
            }
            return SMSOutput(outcome, parts: parts)
        } catch {
            throw FunctionError(error)
        }
    }
}
