import AWS
import AWSEvents
import CallRecords
import Calling
import Customers
import HTTPClient
import HTTPEvents
import LambdaRuntime
import Logging
import Salesforce
import Settings

/// Connects calls in Amazon Connect with their recordings in S3 and their records in Salesforce.
///
/// A contact flow registers the call; S3, EventBridge or a queue of either reports the recording and the file of Contact
/// Lens, which complete the record; `GET /recordings/{contactId}?sig=…` plays it to anyone who has the record's link.
@main
struct ConnectRecording: RawLambdaFunction {
    typealias Event = RecordingEvent

    private let link: RecordingLink
    private let registration: ContactRegistration
    private let arrivals: Arrivals
    private let playback: Playback
    private let crm: SalesforceClient

    init(environment: Environment) async throws {
        let (settings, salesforce, aws) = try environment.read(
            RecordingSettings.variable, SalesforceConfiguration.variable, AWSConfiguration.variable)
        let http = CurlClient()
        let client = AWSClient(configuration: aws, http: http)
        let crm = SalesforceClient(configuration: salesforce, http: http)
        let deadline = ContinuousClock.now + .seconds(8)
        var reading = SecretReading()
        let secret = await reading.read(RecordingLinkSettings.secretName) {
            try await LinkSecret(KeyedSecretReader(settings.link.secret, http: http), deadline: deadline)
        }
        await reading.read(SalesforceConfiguration.secretName) { try await crm.readSecret(deadline: deadline) }
        try reading.check()
        guard let secret else { throw EnvironmentError(faults: ["\(LinkSecret.name) is not set."]) }
        self.init(settings: settings, secret: secret, crm: crm, s3: S3Client(client, bucket: settings.place.bucket))
    }

    /// Creates the function with its dependencies; `now` is the time since 1970.
    init(
        settings: RecordingSettings, secret: LinkSecret, crm: SalesforceClient, s3: S3Client,
        now: @escaping @Sendable () -> Duration = { Moment.now.wall }
    ) {
        link = RecordingLink(base: settings.link.base, secret: secret, days: settings.link.days)
        let records = CallRecordStore(object: settings.object, crm: crm, link: link)
        registration = ContactRegistration(
            mode: settings.mode, accounts: AccountSearch(fields: settings.phoneFields, crm: crm), records: records,
            crm: crm)
        arrivals = Arrivals(
            place: settings.place, records: records,
            analyses: settings.hasContactLens
                ? AnalysisStore(place: settings.place, s3: s3, hasTranscripts: settings.hasTranscripts) : nil)
        self.crm = crm
        playback = Playback(
            link: link, records: records, store: RecordingStore(place: settings.place, s3: s3),
            seconds: settings.urlSeconds, now: now)
    }

    func warmUp() async { await crm.warmUp() }

    /// Handles each kind of event and responds in the form that its sender reads.
    func handle(_ event: RecordingEvent, context: LambdaContext) async throws -> RawResponse {
        do {
            try await link.checkSecret(deadline: context.callDeadline)
        } catch {
            return try refusal(of: event, error, context)
        }
        return switch event {
        case .flow(let event): try await .json(registration.register(event, context))
        case .objects(let event): try await .json(arrivals.complete(event, context))
        case .queue(let event): try await .json(arrivals.complete(event, context))
        case .http(let event): try await .json(playback.answer(to: event, context).encoded(for: event))
        }
    }

    /// The same for the event's bytes.
    func handle(_ event: [UInt8], context: LambdaContext) async throws -> RawResponse {
        try await handle(RecordingEvent(parsing: event), context: context)
    }

    /// The response while the secret of the links is too short: a queue's messages come again, a link is 500, everything
    /// else fails. Each leaves one line at ERROR, that of a failed invocation included.
    private func refusal(of event: RecordingEvent, _ fault: any Error, _ context: LambdaContext) throws
        -> RawResponse
    {
        switch event {
        case .flow, .objects: throw FunctionError(.serviceUnavailable, "\(fault)")
        case .queue(let event):
            context.logger.error("\(fault)")
            return try .json(SQSBatchResponse(failed: event.messages))
        case .http(let event):
            context.logger.error("\(fault)")
            return try .json(Playback.unusable.encoded(for: event))
        }
    }
}
