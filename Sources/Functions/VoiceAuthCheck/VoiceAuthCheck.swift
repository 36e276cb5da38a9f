import AWS
import AmazonConnect
import Calling
import HTTPClient
import LambdaRuntime
import Logging
import Settings
import TwilioREST
import VoiceAuth
import VoiceIt

/// Tells a contact flow how to authenticate its caller by voice, and the result.
@main
struct VoiceAuthCheck: LambdaFunction {
    /// The time limit for calls; the flow waits 3 s by default, the way here and back included.
    private static let callTime = Duration.milliseconds(2300)
    /// The time limit for undoing what was begun.
    private static let cleanUpTime = Duration.milliseconds(2650)

    private let store: VoiceStore
    private let voiceprints: any VoiceprintService
    private let recordings: SweptRecordings?
    /// Nil where the store's hash is given.
    private let hashSecret: HashSecret?
    private let http: CurlClient?

    init(environment: Environment) async throws {
        let (settings, voiceIt, aws, twilio, api) = try environment.read(
            VoiceSettings.variable, VoiceItConfiguration.variable, AWSConfiguration.variable,
            TwilioAccount.optionalSecret, TwilioAccount.api)
        // One client: every service shares its connections and its thread.
        let http = CurlClient()
        let client = VoiceItClient(configuration: voiceIt, http: http)
        let deadline = ContinuousClock.now + .seconds(8)
        let hashSecret = HashSecret(settings.hashSecret, http: http)
        var reading = SecretReading()
        await reading.read(VoiceSettings.hashSecretName) { try await hashSecret.read(deadline: deadline) }
        await reading.read(VoiceItConfiguration.secretName) { try await client.readSecret(deadline: deadline) }
        try reading.check()
        self.init(
            store: VoiceStore(
                rules: settings.rules, hash: hashSecret.hash, table: settings.table,
                client: DynamoDBClient(AWSClient(configuration: aws, http: http))),
            voiceprints: client,
            // The secret is read when there is something to delete.
            recordings: twilio.map {
                SweptRecordings(
                    client: RecordingClient(api: api, secrets: KeyedSecretReader($0, http: http), http: http), api: api)
            }, hashSecret: hashSecret, http: http)
    }

    /// Creates the function with its dependencies; without `recordings` a sweep leaves recordings pending.
    init(
        store: VoiceStore, voiceprints: any VoiceprintService, recordings: SweptRecordings? = nil,
        hashSecret: HashSecret? = nil, http: CurlClient? = nil
    ) {
        self.store = store
        self.voiceprints = voiceprints
        self.recordings = recordings
        self.hashSecret = hashSecret
        self.http = http
    }

    func warmUp() async { await http?.warmUp() }

    /// Returns the branch to the flow, and the number of pending deletions to the schedule; fails for bad input, and
    /// for a sweep whose table cannot be read.
    func handle(_ event: ContactFlowEvent, context: LambdaContext) async throws -> VoiceOutput {
        if VoiceRequest.isSweep(event) {
            do {
                try await hashSecret?.checkLength(deadline: context.callDeadline)
            } catch {
                throw FunctionError(.serviceUnavailable, "\(error)")
            }
            let sweep = Sweep(
                store: store, voiceprints: voiceprints, recordings: recordings, logger: context.logger,
                deadline: context.callDeadline)
            do throws(VoiceStoreError) {
                return .swept(pending: try await sweep.pending())
            } catch {
                throw FunctionError(.serviceUnavailable, "\(error)")
            }
        }
        let request = try VoiceRequest(event, binding: store.rules.binding)
        let start = store.timing.instant()
        do {
            try await hashSecret?.checkLength(deadline: min(context.callDeadline, start + Self.callTime))
        } catch {
            context.logger.error("Answered as unavailable. \(error)")
            return .branch(.unavailable)
        }
        let check = VoiceCheck(
            request: request, store: store, voiceprints: voiceprints, logger: context.logger,
            deadline: min(context.callDeadline, start + Self.callTime),
            cleanUpDeadline: min(context.deadline - .milliseconds(100), start + Self.cleanUpTime))
        do {
            return try await check.output()
        } catch {
            context.logger.warning("Answered as unavailable. \(error)")
            return .branch(.unavailable)
        }
    }
}
