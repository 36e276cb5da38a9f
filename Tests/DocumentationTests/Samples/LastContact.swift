import AWS
import AmazonConnect
import Calling
import LambdaRuntime
import Settings

/// The last contact of a customer, kept in DynamoDB.
struct LastContact: LambdaFunction {
    struct Output: Encodable { let lastContact: String }
    private let table: String
    private let database: DynamoDBClient

    init(environment: Environment) throws {
        let (table, aws) = try environment.read(
            .required("CONTACTS_TABLE", "the DynamoDB table of contacts"), AWSConfiguration.variable)
        self.table = table
        database = DynamoDBClient(AWSClient(configuration: aws))
    }

    func handle(_ event: ContactFlowEvent, context: LambdaContext) async throws -> Output {
        let id = AttributeValue.string(try event.parameters.requiredText("customerId", "the customer's id"))
        let old = try await database.getItem(table: table, key: ["id": id], deadline: context.callDeadline)
        let item: Item = ["id": id, "contact": .string(event.contact.contactID)]
        _ = try await database.putItem(
            table: table, item: item, repetition: .idempotent, deadline: context.callDeadline)
        return Output(lastContact: old?["contact"]?.string ?? "")
    }
}
