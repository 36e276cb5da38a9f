import Foundation
import Testing

@testable import AWS

struct AttributeValueTests {
    private let item: Item = [
        "s": "text", "n": .number(-42), "b": .binary([0, 255]), "t": .bool(true), "z": .null,
        "l": .list(["a", .number("1.5")]), "m": .map(["k": .list([])]), "ss": .stringSet(["a", "b"]),
        "ns": .numberSet(["1", "2"]), "bs": .binarySet([[1], [2]]),
    ]
    private let json =
        #"{"b":{"B":"AP8="},"bs":{"BS":["AQ==","Ag=="]},"l":{"L":[{"S":"a"},{"N":"1.5"}]},"m":{"M":{"k":{"L":[]}}},"#
        + #""n":{"N":"-42"},"ns":{"NS":["1","2"]},"s":{"S":"text"},"ss":{"SS":["a","b"]},"t":{"BOOL":true},"#
        + #""z":{"NULL":true}}"#

    @Test func `every type is written as DynamoDB JSON and read back`() throws {
        #expect(String(decoding: try jsonBody(of: item, for: .dynamoDB, "PutItem"), as: UTF8.self) == json)
        #expect(try JSONDecoder().decode(Item.self, from: Data(json.utf8)) == item)
    }

    @Test(arguments: ["{}", #"{"S":"a","N":"1"}"#, #"{"X":"a"}"#, #"{"N":1}"#, #"{"B":"%"}"#, "null", #""a""#])
    func `what is not one attribute value is refused`(_ json: String) {
        #expect(throws: (any Error).self) { try JSONDecoder().decode(AttributeValue.self, from: Data(json.utf8)) }
    }

    @Test func `values are read as Swift's`() {
        #expect(item["s"]?.string == "text" && item["n"]?.int == -42 && item["t"]?.bool == true)
        #expect(item["b"]?.binary == [0, 255] && item["m"]?.map == ["k": .list([])])
        #expect(item["n"]?.string == nil && item["s"]?.int == nil)
    }
}
