import AWS
import AmazonConnect
import Idempotency
import LambdaRuntime
import MessageTemplates
import Settings

/// A text message from a template, sent once.
struct SendReminder: LambdaFunction {
    struct Output: Encodable { let status: String }
    private let templates: TemplateDirectory
    private let sns: SNSClient
    private let once: SendOnce

    init(environment: Environment) throws {
        let (templates, table, aws) = try environment.read(
            TemplateDirectory.variable, IdempotencyTable.variable, AWSConfiguration.variable)
        let client = AWSClient(configuration: aws)
        self.templates = templates
        sns = SNSClient(client)
        once = SendOnce(table: IdempotencyTable(name: table, client: DynamoDBClient(client)))
    }

    func handle(_ event: ContactFlowEvent, context: LambdaContext) async throws -> Output {
        let phone = try event.parameters.requiredText("phone", "the number in E.164")
        let template = try templates.templates("reminder", in: "sms", ["txt"])[0]
        let text = try MessageFields(event.parameters).render(template, escaping: .none)
        let key = IdempotencyKey(
            function: "SendReminder", contactID: try event.callContactID, template: "reminder", destination: phone,
            content: [text])
        let outcome = try await once(
            key, callDeadline: context.callDeadline, deadline: context.deadline, logger: context.logger
        ) { deadline throws(DeliveryError) in
            do throws(AWSError) {
                let message = SMSMessage(phoneNumber: phone, text: text)
                return .sent(Receipt(messageID: try await sns.publish(message, deadline: deadline)))
            } catch {
                throw DeliveryError(error)
            }
        }
        if case .duplicate = outcome { return Output(status: "duplicate") }
        return Output(status: "sent")
    }
}
