import TestSupport
import Testing

@testable import AWS

@Suite(.takingTurns) struct DynamoDBClientTests {
    private let key: Item = ["id": "SendEmail#ab/c"]

    private func expectBody(_ fixture: ClientFixture, _ action: String, _ operation: String) throws {
        let request = try fixture.onlyRequest(signedFor: "dynamodb")
        #expect(request["Content-Type"] == "application/x-amz-json-1.0")
        #expect(request["X-Amz-Target"] == "DynamoDB_20120810.\(action)")
        #expect(try isSameJSON(request.text, try #require(BotocoreVectors.body("dynamodb", operation))))
    }

    @Test func `an item is read consistently`() async throws {
        let fixture = try ClientFixture(ScriptedServer.Response(#"{"Item":{"id":{"S":"a"},"expiresAt":{"N":"12"}}}"#))
        let item = try await DynamoDBClient(fixture.client).getItem(table: "idempotency", key: key, deadline: soon)
        #expect(item == ["id": "a", "expiresAt": .number(12)])
        try expectBody(fixture, "GetItem", "get_item")
    }

    @Test func `an item that is not there is nil`() async throws {
        let fixture = try ClientFixture(ScriptedServer.Response("{}"))
        #expect(try await DynamoDBClient(fixture.client).getItem(table: "t", key: key, deadline: soon) == nil)
    }

    @Test func `an item is put under a condition`() async throws {
        let fixture = try ClientFixture(ScriptedServer.Response("{}"))
        let result = try await DynamoDBClient(fixture.client).putItem(
            table: "idempotency",
            item: ["id": "SendEmail#ab/c", "state": "claimed", "expiresAt": .number(1_798_761_600)],
            condition: "attribute_not_exists(id) OR expiresAt < :now", values: [":now": .number(1_798_675_200)],
            returnOldOnFailure: true, deadline: soon)
        #expect(result == .written)
        try expectBody(fixture, "PutItem", "put_item")
    }

    @Test func `an item is deleted under a condition`() async throws {
        let fixture = try ClientFixture(ScriptedServer.Response("{}"))
        let result = try await DynamoDBClient(fixture.client).deleteItem(
            table: "idempotency", key: key, condition: "#state = :claimed", names: ["#state": "state"],
            values: [":claimed": "claimed"], deadline: soon)
        #expect(result.isWritten)
        try expectBody(fixture, "DeleteItem", "delete_item")
    }

    @Test(
        arguments: [
            (#","Item":{"id":{"S":"a"},"messageId":{"S":"m"}}"#, ["id": "a", "messageId": "m"]), ("", nil),
        ] as [(String, Item?)])
    func `a condition that does not hold gives the item that is there`(_ item: String, _ existing: Item?) async throws {
        let fixture = try ClientFixture(
            ScriptedServer.Response(
                status: 400,
                #"{"__type":"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException","message":"x"\#(item)}"#)
        )
        let result = try await DynamoDBClient(fixture.client).putItem(
            table: "t", item: key, condition: "attribute_not_exists(id)", returnOldOnFailure: true, deadline: soon)
        #expect(result == .conditionFailed(existing: existing))
        #expect(fixture.server.requests.count == 1)
    }

    @Test func `a table that is not there is an error`() async throws {
        let fixture = try ClientFixture(
            ScriptedServer.Response(
                status: 400, #"{"__type":"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException"}"#))
        let error = await failure { () async throws(AWSError) in
            try await DynamoDBClient(fixture.client).putItem(table: "t", item: key, deadline: soon)
        }
        #expect(error?.description == "DynamoDB refused PutItem: status 400, ResourceNotFoundException.")
    }
}
