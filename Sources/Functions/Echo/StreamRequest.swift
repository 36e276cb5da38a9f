import LambdaRuntime

/// An event that asks for a streamed response.
struct StreamRequest: Decodable {
    /// The number of chunks to send.
    let stream: Int

    func response() throws(FunctionError) -> RawResponse {
        guard 0...100_000 ~= stream else {
            throw FunctionError(.invalidRequest, "`stream` must be a number from 0 to 100000.")
        }
        return .stream { [stream] writer in
            for chunk in 0..<stream {
                try await writer.write(Array("{\"chunk\":\(chunk)}\n".utf8))
            }
        }
    }
}
