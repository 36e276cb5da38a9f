import Calling
import JSON

extension AWSClient {
    /// Makes a call and decodes the response; one that cannot be decoded has an unknown outcome.
    nonisolated(nonsending) func json<Output: Decodable>(
        _ request: AWSRequest, as type: Output.Type, deadline: ContinuousClock.Instant
    )
        async throws(AWSError) -> Output
    {
        try decode(type, from: try await answer(to: request, deadline: deadline), to: request)
    }

    /// Decodes a complete response.
    func decode<Output: Decodable>(_ type: Output.Type, from answer: AWSResponse, to request: AWSRequest)
        throws(AWSError) -> Output
    {
        guard let output = try? JSONText.decode(type, from: answer.body) else {
            throw .unreadable(request, answer)
        }
        return output
    }
}

/// Returns `input` as JSON with sorted keys, the same bytes each time.
///
/// Fails, before anything is sent, only for a number that JSON cannot express.
func jsonBody(of input: some Encodable, for service: AWSService, _ action: String) throws(AWSError) -> [UInt8] {
    guard let bytes = try? JSONText.encode(input) else {
        throw AWSError(
            service: service.name, action: action, outcome: .notSent, detail: "the request cannot be written as JSON")
    }
    return bytes
}
