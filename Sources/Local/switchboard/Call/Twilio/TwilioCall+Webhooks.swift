import Foundation

/// Calls of the webhook, with repeats.
extension TwilioCall {
    /// The document behind a reference; nil, with Twilio's sentence, when there is none in the end.
    mutating func document(_ reference: String, _ parameters: [String: String]) async throws -> ParsedTwiML? {
        let reason: String
        switch try await answer(reference, parameters) {
        case .success(let answer) where answer.status == 200:
            path = resolved(reference).path
            if let response = ParsedTwiML.response(answer.body) {
                try TwiMLRules.check(response)
                return response
            }
            reason = "The webhook answered no TwiML."
        case .success(let answer): reason = "The webhook answered \(answer.status)."
        case .failure(.connection): reason = "The webhook was not reached."
        case .failure(.silence): reason = "The webhook did not answer in \(WebhookPolicy.limit / 1000) s."
        }
        world.say(.twilio("An application error has occurred. Goodbye. (\(reason))"))
        return nil
    }

    /// Returns the last response of as many attempts as the reference's fragment allows.
    func answer(
        _ reference: String, _ parameters: [String: String]
    ) async throws -> Result<(status: Int, body: [UInt8]), WebhookPolicy.Failure> {
        let (path, fragment) = resolved(reference)
        let policy = WebhookPolicy(fragment: fragment)
        let deadline = world.instant() + .milliseconds(WebhookPolicy.limit)
        var last: Result<(status: Int, body: [UInt8]), WebhookPolicy.Failure> = .failure(.silence)
        for _ in 0...policy.repeats where world.instant() < deadline {
            do {
                let answer = try await world.post(path, parameters, deadline)
                last = .success(answer)
                guard policy.isRepeated(answer.status) else { break }
            } catch let failure as WebhookPolicy.Failure {
                last = .failure(failure)
                guard policy.isRepeated(failure) else { break }
            }
        }
        return last
    }

    /// Returns the path of an `action` or a redirect, absolute or relative to the current one, and its fragment.
    func resolved(_ reference: String) -> (path: String, fragment: String?) {
        let text = reference.trimmingCharacters(in: .whitespacesAndNewlines)
        guard let url = URL(string: text, relativeTo: URL(string: "http://webhook\(path)")) else { return (path, nil) }
        let query = url.query().map { "?\($0)" } ?? ""
        return (url.absoluteURL.path() + query, url.fragment())
    }
}
