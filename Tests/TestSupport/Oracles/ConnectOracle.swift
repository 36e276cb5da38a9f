import JSON

/// botocore's model of Amazon Connect: `Tests/TestSupport/Python/connect_oracle.py`.
package enum ConnectOracle {
    /// Returns what the model says of requests, each by its method, target and body; empty where nothing is wrong.
    package static func faults(inRequests requests: [(method: String, path: String, body: String)]) throws -> [String] {
        try PythonOracle.answers(
            of: "connect_oracle.py",
            to: requests.map { request -> JSONValue in
                [
                    "kind": "request", "method": .string(request.method), "path": .string(request.path),
                    "body": .string(request.body),
                ]
            })
    }

    /// Returns what the model says of responses, each of an operation; empty where nothing is wrong.
    package static func faults(inResponses responses: [(operation: String, body: String)]) throws -> [String] {
        try PythonOracle.answers(
            of: "connect_oracle.py",
            to: responses.map { response -> JSONValue in
                [
                    "kind": "response", "operation": .string(response.operation), "body": .string(response.body),
                ]
            })
    }
}
