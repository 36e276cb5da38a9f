import AWS
import AmazonConnect
import Calling
import Idempotency
import LambdaRuntime
import MessageTemplates
import Settings

/// Sends one templated e-mail for a contact flow, or a direct invoke, through Amazon SES.
@main
struct SendEmail: LambdaFunction {
    private let settings: EmailSettings
    private let templates: TemplateDirectory
    private let ses: SESClient
    private let once: SendOnce
    private let aws: AWSClient

    init(environment: Environment) throws {
        let (settings, templates, table, aws) = try environment.read(
            EmailSettings.variable, TemplateDirectory.variable, IdempotencyTable.variable, AWSConfiguration.variable)
        self.init(settings: settings, templates: templates, table: table, aws: AWSClient(configuration: aws))
    }

    /// Creates the function with its dependencies.
    init(
        settings: EmailSettings, templates: TemplateDirectory, table: String, aws: AWSClient,
        timing: CallTiming = CallTiming()
    ) {
        self.settings = settings
        self.templates = templates
        self.aws = aws
        self.ses = SESClient(aws)
        self.once = SendOnce(table: table, aws: aws, timing: timing)
    }

    /// SES checks more than the sender's domain: each of these is a resource of the call, and all must be allowed.
    private static let rights = """
        allow the role ses:SendEmail (SesIdentityArns, SesFromAddresses, SesConfigurationSet) on the sender's identity, \
        which is the address's own where there is one beside its domain's, on that identity's default configuration set, \
        and in SES's sandbox on the recipient's identity; switchboard doctor --live compares them
        """

    func warmUp() async { await aws.warmUp() }

    /// Sends the e-mail that the event asks for, once.
    func handle(_ event: ContactFlowEvent, context: LambdaContext) async throws -> EmailOutput {
        let request = try EmailRequest(event, settings: settings)
        let content = try EmailContent(request.template, request.fields, templates: templates)
        let email = Email(
            from: request.sender.text, to: [request.recipient.text], replyTo: settings.replyTo.map(\.text),
            subject: content.subject, text: content.text, html: content.html,
            configurationSet: settings.configurationSet)
        let outcome: SendOutcome
        do throws(SendOnceError<DeliveryError>) {
            outcome = try await once(
                request.key(for: content), callDeadline: context.callDeadline, deadline: context.deadline,
                logger: context.logger
            ) { deadline throws(DeliveryError) in
                do throws(AWSError) {
                    return .sent(Receipt(messageID: try await ses.sendEmail(email, deadline: deadline)))
                } catch {
                    throw DeliveryError(error, rights: Self.rights)
                }
            }
        } catch {
            throw FunctionError(error)
        }
        return try EmailOutput(outcome)
    }
}
