import AWS
import CallRecords
import FoundationEssentials
import HTTPEvents
import LambdaRuntime
import Logging
import Salesforce

/// The endpoint of a record's link: `GET /recordings/{contactId}?sig=…`.
struct Playback: Sendable {
    /// API Gateway gives up after 29 or 30 seconds, whatever time the function has.
    private static let longestCall = Duration.seconds(27)

    private let link: RecordingLink
    private let records: CallRecordStore
    private let store: RecordingStore
    private let seconds: Int
    private let now: @Sendable () -> Date
    private let router: Router<Void>

    init(
        link: RecordingLink, records: CallRecordStore, store: RecordingStore, seconds: Int,
        now: @escaping @Sendable () -> Date
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
            let signature = event.query("sig") ?? ""
            answer =
                Self.isSignature(signature)
                ? await play(parameters["contactId"] ?? "", signature: signature, context) : Self.refused
        }
        answer.headers["Cache-Control"] = "no-store"
        return answer
    }

    private func play(_ id: String, signature: String, _ context: LambdaContext) async -> HTTPEventResponse {
        let deadline = min(context.callDeadline, ContinuousClock.now + Self.longestCall)
        guard await isValid(signature, of: id, deadline, context) else {
            return Self.refused
        }
        guard let contact = ContactID(id) else { return Self.absent }
        var day = Day(of: now())
        var failure: HTTPEventResponse?
        do throws(SalesforceError) {
            // Half of the time, so that S3 can still be queried when the CRM does not respond.
            let half = ContinuousClock.now + (deadline - .now) / 2
            let record = try await records.record(
                of: contact, SalesforceCall(deadline: half, logger: context.logger))
            if let key = store.place.recording(named: record?.fileName, of: contact) { return redirect(to: key) }
            day = record?.day ?? day
        } catch {
            context.logger.warning("\(error)")
            failure = Self.failure(isLate: error.kind == .timedOut)
        }
        do throws(AWSError) {
            if let key = try await store.recording(of: contact, around: day, deadline: deadline) {
                return redirect(to: key)
            }
        } catch {
            context.logger.warning("\(error)")
            failure = Self.failure(isLate: ContinuousClock.now >= deadline - .milliseconds(50))
        }
        // Without the record the days to search are unknown: the recording may exist nevertheless.
        return failure ?? Self.absent
    }

    private func isValid(
        _ signature: String, of id: String, _ deadline: ContinuousClock.Instant, _ context: LambdaContext
    ) async -> Bool {
        do {
            return try await link.isValid(signature, of: id, deadline: deadline)
        } catch {
            context.logger.error("The secret of the links cannot be read again: \(error)")
            return false
        }
    }

    private func redirect(to key: RecordingKey) -> HTTPEventResponse {
        HTTPEventResponse(
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

    private static let refused = HTTPEventResponse.text(
        "This link is not valid. Open the recording from its Salesforce record again.", status: 403)

    private static let absent = HTTPEventResponse.text(
        "The recording is not available yet. It arrives a few minutes after the call. Please try again.", status: 404
    )

    /// The response while no link can be checked.
    static let unable = HTTPEventResponse.text(
        "The recording cannot be played right now. Please tell whoever runs this service.", status: 500,
        headers: ["Cache-Control": "no-store"])

    private static func failure(isLate: Bool) -> HTTPEventResponse {
        .text("The recording cannot be looked up right now. Please try again in a moment.", status: isLate ? 504 : 502)
    }
}
