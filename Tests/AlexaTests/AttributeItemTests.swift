import LambdaRuntime
import Testing

import LambdaRuntime
@testable import Alexa

@Suite struct AttributeItemTests {
    private let attributes: [String: JSONValue] = [
        "text": "x", "empty": "", "number": .number("1.50"), "flag": true, "nothing": .null,
        "list": [1, ["a": []]], "map": ["deep": ["er": false]],
    ]

    @Test func `the item is the one that the ASK SDKs write`() {
        #expect(
            AttributeItem.item("user-1", ["n": 3, "l": ["a", .null], "m": ["b": true]]) == [
                "id": ["S": "user-1"],
                "attributes": [
                    "M": [
                        "n": ["N": "3"], "l": ["L": [["S": "a"], ["NULL": true]]], "m": ["M": ["b": ["BOOL": true]]],
                    ]
                ],
            ])
        #expect(AttributeItem.key("user-1") == ["id": ["S": "user-1"]])
    }

    @Test func `attributes come back as they went`() {
        #expect(AttributeItem.attributes(AttributeItem.item("u", attributes)) == attributes)
    }

    @Test func `sets and binaries of other writers become lists and texts; nonsense becomes null`() {
        let item: JSONValue = [
            "attributes": [
                "M": [
                    "s": ["SS": ["a", "b"]], "n": ["NS": ["1", "2.5"]], "b": ["B": "AAE="], "x": ["Q": 1], "y": "z",
                    "w": ["N": 5],
                ]
            ]
        ]
        #expect(
            AttributeItem.attributes(item) == [
                "s": ["a", "b"], "n": [1, .number("2.5")], "b": "AAE=", "x": .null, "y": .null, "w": .null,
            ])
        #expect(AttributeItem.attributes(["id": ["S": "u"]]) == nil)
    }
}
