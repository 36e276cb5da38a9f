import AWS
import AWSEvents
import CallRecords
import Calling
import HTTPClient
import LambdaRuntime
import Logging
import Salesforce
import Settings

/// Writes Amazon Connect's contact records, from a Kinesis stream, into Salesforce: a call record for each contact, tasks
/// for the calls that were taken and missed, and an e-mail for a voicemail.
///
/// Records come more than once and in any order. The org keeps the newest of each contact, and what can never be written
/// goes to a queue, so that no record blocks a shard.
@main
struct ConnectContactRecords: LambdaFunction {
    /// The time that is kept for e-mails and for the queue, at most a fourth of what is left.
    private static let reserve = Duration.seconds(2)

    private let settings: ContactRecordSettings
    private let run: BatchRun
    private let queue: DeadLetterQueue
    private let timing: CallTiming

    init(environment: Environment) async throws {
        let (settings, salesforce, aws) = try environment.read(
            ContactRecordSettings.variable, SalesforceConfiguration.variable, AWSConfiguration.variable)
        let http = CurlClient()
        let crm = SalesforceClient(configuration: salesforce, http: http)
        let deadline = ContinuousClock.now + .seconds(8)
        var reading = SecretReading()
        var secret: LinkSecret?
        if let recordings = settings.recordings {
            secret = await reading.read(RecordingLinkSettings.secretName) {
                try await LinkSecret(KeyedSecretReader(recordings.link.secret, http: http), deadline: deadline)
            }
        }
        await reading.read(SalesforceConfiguration.secretName) { try await crm.readSecret(deadline: deadline) }
        if let notice = settings.notice {
            do throws(EnvironmentError) {
                try VoicemailNotice.check(notice.templates)
            } catch {
                reading.add(error.faults)
            }
        }
        try reading.check()
        self.init(settings: settings, secret: secret, crm: crm, aws: AWSClient(configuration: aws, http: http))
    }

    /// Creates the function with its dependencies; without a secret no recording has a link.
    init(
        settings: ContactRecordSettings, secret: LinkSecret?, crm: SalesforceClient, aws: AWSClient,
        timing: CallTiming = CallTiming()
    ) {
        let link = settings.recordings.flatMap { recordings in
            secret.map { RecordingLink(base: recordings.link.base, secret: $0, days: recordings.link.days) }
        }
        self.settings = settings
        self.timing = timing
        run = BatchRun(
            settings: settings, knowledge: Knowledge(timing: timing), crm: crm, link: link,
            notice: settings.notice.map { VoicemailNotice($0, aws: aws, timing: timing) })
        queue = DeadLetterQueue(sqs: SQSClient(aws, queue: settings.queue))
    }

    func warmUp() async { await run.crm.warmUp() }

    /// Writes a batch; returns the lowest record that must come again.
    func handle(_ event: KinesisEvent, context: LambdaContext) async throws -> KinesisBatchResponse {
        let batch = ContactBatch(event, settings)
        var tally = Tally(dead: batch.dead)
        if await hasUsableSecret(context) {
            let left = context.callDeadline - timing.instant()
            let deadline = context.callDeadline - max(.zero, min(Self.reserve, left / 4))
            await run.write(batch.contacts, by: deadline, &tally, context)
        } else {
            for contact in batch.contacts { tally.fail(contact) }
        }
        let letters = tally.letters
        let (sent, failed) = await queue.send(letters, deadline: context.callDeadline, logger: context.logger)
        context.logger.info(
            "Contact records written",
            metadata: [
                "metric": "ContactRecordsWritten", "written": .stringConvertible(tally.written),
                "stale": .stringConvertible(tally.stale), "skipped": .stringConvertible(tally.skipped),
                "dead": .stringConvertible(sent),
                "failed": .stringConvertible(tally.again.count + letters.count - sent),
            ])
        return KinesisBatchResponse(from: [tally.again.min(), failed].compactMap(\.self).min())
    }

    /// Returns false, with a line at ERROR, while the secret of the links is too short or cannot be read.
    private func hasUsableSecret(_ context: LambdaContext) async -> Bool {
        do {
            try await run.link?.checkSecret(deadline: context.callDeadline)
            return true
        } catch {
            context.logger.error("\(error)")
            return false
        }
    }
}
