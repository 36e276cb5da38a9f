import Alexa
import Calling
import HTTPClient
import HTTPTypes
import Logging
import Settings

/// A progressive response that asks the user to wait while the CRM is slow.
struct ProgressNotice: Sendable {
    let http: CurlClient
    /// The time that the user waits in silence, from the request's arrival on.
    let after: Duration

    /// Does `work`, and has Alexa say `speech` when it takes too long.
    func during<Value: Sendable, Failure: Error>(
        _ input: HandlerInput, _ speech: Speech, _ work: () async throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        let notice = Task { [self] in
            guard (try? await Task.sleep(until: input.arrival + after, clock: .continuous)) != nil else { return }
            await send(speech, input)
        }
        let result: Result<Value, Failure>
        do throws(Failure) {
            result = .success(try await work())
        } catch {
            result = .failure(error)
        }
        // A notice under way must not outlive the invocation: Alexa ignores notices after the response.
        notice.cancel()
        await notice.value
        return try result.get()
    }

    private func send(_ speech: Speech, _ input: HandlerInput) async {
        // The token must not leave TLS because an event says so.
        guard let notice = ProgressiveResponse(speech, for: input.envelope),
            let url = Endpoint(outside: notice.url)
        else { return }
        var request = HTTPRequest(
            method: .post, scheme: url.scheme, authority: url.authority, path: url.basePath)
        request.headerFields.set(.authorization, to: "Bearer \(notice.token)")
        request.headerFields.set(.contentType, to: "application/json")
        do {
            let answer = try await http.send(
                request, body: notice.body, deadline: min(input.context.callDeadline, .now + .seconds(2)))
            if answer.head.status.kind != .successful {
                input.context.logger.warning("Alexa answered \(answer.head.status.code) to a progressive response.")
            }
        } catch {
            if error.code != .cancelled {
                input.context.logger.warning("The progressive response was not sent: \(error.description)")
            }
        }
    }
}
