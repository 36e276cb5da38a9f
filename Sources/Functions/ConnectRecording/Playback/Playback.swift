import AWS
import CallRecords
import HTTPEvents
import LambdaRuntime
import Logging
import Salesforce
import Settings

/// The endpoint of a record's link: `GET /recordings/{contactId}?sig=…`.
struct Playback: Sendable {
    /// API Gateway gives up after 29 or 30 seconds, whatever time the function has.
    private static let longestCall = Duration.seconds(27)

    private let link: RecordingLink
    private let records: CallRecordStore
    private let store: RecordingStore
    private let seconds: Int
    private let now: @Sendable () -> Duration
    private let router: Router<Void>

    init(
        link: RecordingLink, records: CallRecordStore, store: RecordingStore, seconds: Int,
        now: @escaping @Sendable () -> Duration
    ) {
        self.link = link
        self.records = records
        self.store = store
        self.seconds = seconds
        self.now = now
        var router = Router<Void>()
        router.on("GET", "/recordings/{contactId}", ())
        // A load balancer, CloudFront or a domain's mapping passes on the link's whole path, and names no stage.
        if !link.basePath.isEmpty { router.on("GET", link.basePath + "/recordings/{contactId}", ()) }
        self.router = router
    }

    /// Responds to every request; no response may be cached, since its URL is short-lived.
    func answer(to event: HTTPEvent, _ context: LambdaContext) async -> HTTPEventResponse {
        var answer: HTTPEventResponse
        // A link has no body: whatever a stranger sends with it is not looked at.
        var event = event
        event.body = []
        switch router.route(event) {
        case .notFound: answer = .text("Not found. Try GET /recordings/{contactId}.", status: 404)
        case .methodNotAllowed(let allow):
            answer = .text("Use \(allow) here.", status: 405, headers: ["Allow": allow])
        case .malformedBody: answer = .text("The event says that the body is base64, but it is not.", status: 400)
        case .found(_, let parameters):
            answer = await play(parameters["contactId"] ?? "", event, context)
        }
        answer.headers["Cache-Control"] = "no-store"
        return answer
    }

    private func play(_ id: String, _ event: HTTPEvent, _ context: LambdaContext) async -> HTTPEventResponse {
        let deadline = min(context.callDeadline, ContinuousClock.now + Self.longestCall)
        if let refusal = await refusal(of: id, event, deadline, context) { return refusal }
        guard let contact = ContactID(id) else { return Self.absent }
        var day = Day(of: now())
        var failure: HTTPEventResponse?
        do throws(SalesforceError) {
            // Half of the time, so that S3 can still be queried when the CRM does not respond.
            let half = ContinuousClock.now + (deadline - .now) / 2
            let record = try await records.record(
                of: contact, SalesforceCall(deadline: half, logger: context.logger))
            if let key = store.place.playable(record?.fileName) { return redirect(to: key, of: contact, context) }
            day = record?.day ?? day
        } catch {
            context.logger.warning("\(error)")
            failure = Self.failure(isLate: error.kind == .timedOut)
        }
        do throws(AWSError) {
            if let key = try await store.recording(of: contact, around: day, deadline: deadline) {
                return redirect(to: key.text, of: contact, context)
            }
        } catch {
            context.logger.warning("\(error)")
            failure = Self.failure(isLate: ContinuousClock.now >= deadline - .milliseconds(50))
        }
        // Without the record the days to search are unknown: the recording may exist nevertheless.
        return failure ?? Self.absent
    }

    /// Checks the link; nil for a good one.
    private func refusal(
        of id: String, _ event: HTTPEvent, _ deadline: ContinuousClock.Instant, _ context: LambdaContext
    ) async -> HTTPEventResponse? {
        let signature = event.query("sig") ?? ""
        guard Self.isSignature(signature) else { return Self.invalid }
        do {
            let validity = try await link.validity(
                of: id, signature: signature, expiry: event.query("exp"),
                now: Int(now().components.seconds), deadline: deadline)
            switch validity {
            case .valid: return nil
            case .invalid: return Self.invalid
            case .expired: return Self.expired
            }
        } catch let fault as EnvironmentError {
            context.logger.error("\(fault)")
            return Self.unusable
        } catch {
            context.logger.error("The secret of the links cannot be read again: \(error)")
            return Self.invalid
        }
    }

    /// The redirect to a fresh URL, and the line that says whose recording was played.
    private func redirect(to key: String, of contact: ContactID, _ context: LambdaContext) -> HTTPEventResponse {
        context.logger.info(
            "A recording is played", metadata: ["metric": "RecordingPlayed", "contactId": "\(contact.text)"])
        return HTTPEventResponse(
            status: 302,
            headers: ["Location": store.url(of: key, seconds: seconds), "Referrer-Policy": "no-referrer"])
    }

    /// Returns true for the form of a signature: 64 lower-case hexadecimal digits.
    private static func isSignature(_ text: String) -> Bool {
        text.utf8.count == 64
            && text.utf8.allSatisfy {
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                    || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
            }
    }

    private static let invalid = HTTPEventResponse.text(
        "This link is not valid. Open the recording from its Salesforce record again.", status: 403)

    private static let expired = HTTPEventResponse.text(
        "This link has expired: recordings can be played here for a limited time only.", status: 410)

    /// The response where links can be neither signed nor checked.
    static let unusable = HTTPEventResponse.text(
        "Recordings cannot be played: the service is not set up completely. Please tell its operator.", status: 500,
        headers: ["Cache-Control": "no-store"])

    private static let absent = HTTPEventResponse.text(
        "The recording is not available yet. It arrives a few minutes after the call. Please try again.", status: 404
    )

    private static func failure(isLate: Bool) -> HTTPEventResponse {
        .text("The recording cannot be looked up right now. Please try again in a moment.", status: isLate ? 504 : 502)
    }
}
