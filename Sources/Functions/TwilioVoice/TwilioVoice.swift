import AWS
import Calling
import HTTPClient
import HTTPEvents
import LambdaRuntime
import Logging
import Settings
import Twilio
import TwilioREST
import VoiceAuth
import VoiceIt

/// The webhooks of Twilio: ask callers for a code, their consent and recordings of their voice, and have VoiceIt enrol
/// or verify them.
///
/// `POST /voice/incoming` is the number's webhook, `POST /voice/status` its status callback; the other paths are those
/// of `CallStep`, which the TwiML refers to.
@main
struct TwilioVoice: LambdaFunction {
    let settings: TwilioVoiceSettings
    let store: VoiceStore
    let voiceIt: VoiceItClient
    let recordings: RecordingClient
    let script: CallScript
    let account: SID
    private let signature: WebhookSignatureVerifier
    private let secrets: KeyedSecretReader
    private let hashSecret: HashSecret
    private let timing: CallTiming
    private let http: CurlClient

    init(environment: Environment) async throws {
        try await self.init(settings: environment.read(TwilioVoiceSettings.variable))
    }

    /// Reads the secrets; the other dependencies are given.
    init(
        settings: TwilioVoiceSettings, timing: CallTiming = CallTiming(), voiceTiming: CallTiming = CallTiming()
    ) async throws {
        let http = CurlClient()
        let deadline = timing.instant() + .seconds(8)
        let secrets = KeyedSecretReader(settings.twilio, http: http, timing: timing)
        let voiceIt = VoiceItClient(configuration: settings.voiceIt, http: http, timing: timing)
        let hashSecret = HashSecret(settings.voice.hashSecret, http: http, timing: timing)
        var reading = SecretReading()
        let values = await reading.read(TwilioAccount.secretName) { try await secrets.values(deadline: deadline) }
        await reading.read(VoiceItConfiguration.secretName) { try await voiceIt.readSecret(deadline: deadline) }
        await reading.read(VoiceSettings.hashSecretName) { try await hashSecret.read(deadline: deadline) }
        try reading.check()
        guard let account = SID(values?[TwilioAccount.sidName]?.value ?? "") else {
            throw EnvironmentError(faults: ["\(TwilioAccount.sidName) must be AC and 32 digits, the account's SID."])
        }
        let aws = AWSClient(configuration: settings.aws, http: http, timing: timing)
        store = VoiceStore(
            rules: settings.voice.rules, hash: hashSecret.hash, table: settings.voice.table,
            client: DynamoDBClient(aws), timing: voiceTiming)
        recordings = RecordingClient(api: settings.api, secrets: secrets, http: http, timing: timing)
        script = CallScript(
            base: settings.base, rules: settings.voice.rules, connect: settings.connect[0],
            language: settings.wording.language)
        signature = WebhookSignatureVerifier(base: settings.base)
        self.settings = settings
        self.voiceIt = voiceIt
        self.account = account
        self.secrets = secrets
        self.hashSecret = hashSecret
        self.timing = timing
        self.http = http
    }

    func warmUp() async { await http.warmUp() }

    /// The largest body, in bytes: Twilio's have a few kilobytes.
    private static let largestBody = 64 << 10

    /// Responds to every request: 413 to one that is too large, 403 without Twilio's signature, and else TwiML, whatever
    /// is wrong.
    func handle(_ event: HTTPEvent, context: LambdaContext) async throws -> HTTPEventResponse.Encoded {
        guard event.content.count <= Self.largestBody else {
            context.logger.notice("A request with a body of more than \(Self.largestBody) bytes was refused.")
            return HTTPEventResponse.text("Content too large: at most \(Self.largestBody) bytes.", status: 413)
                .encoded(for: event)
        }
        let time = WebhookTime(start: timing.instant(), context)
        guard let request = await verified(event, time, context) else {
            context.logger.notice("A request without a valid signature of Twilio's was refused.")
            return HTTPEventResponse.text("Forbidden: invalid Twilio signature.", status: 403).encoded(for: event)
        }
        let text = await twiml(request, time, context)
        return HTTPEventResponse.text(text, type: "text/xml").encoded(for: event)
    }

    /// Returns the request when its signature verifies under the auth token, or under the one that has replaced it.
    private func verified(_ event: HTTPEvent, _ time: WebhookTime, _ context: LambdaContext) async -> TwilioRequest? {
        guard WebhookSignatureVerifier.signature(in: event.headers) != nil else { return nil }
        do {
            let name = TwilioAccount.tokenName
            let values = try await secrets.values(deadline: time.end)
            if let token = values[name]?.value, let request = signature.verified(event, token: token) { return request }
            let others = try await secrets.values(insteadOf: values, deadline: time.end)
            return others?[name].flatMap { signature.verified(event, token: $0.value) }
        } catch {
            context.logger.error("Twilio's secret cannot be read: \(error)")
            return nil
        }
    }

    /// Returns the document, which is also stored for repeated webhooks.
    private func twiml(_ request: TwilioRequest, _ time: WebhookTime, _ context: LambdaContext) async -> String {
        guard request.method == "POST" else {
            // Not signed, and therefore anybody's text.
            let method = request.method.prefix(16).filter { $0.isASCII && $0.isLetter }
            context.logger.warning("Twilio asked by \(method): set the webhook's method to POST at Twilio.")
            return script.finish(.nothingHere).text
        }
        guard let step = CallStep(path: request.path) ?? request.pathWithoutStage.flatMap(CallStep.init) else {
            context.logger.warning("Twilio asked for a path that is none of this function's.")
            return script.finish(.nothingHere).text
        }
        guard let call = request.callSID else {
            context.logger.warning("Twilio's request has no CallSid.")
            return script.finish(.nothingHere).text
        }
        do {
            try await hashSecret.checkLength(deadline: time.table)
        } catch {
            context.logger.error("\(error)")
            return script.finish(.trouble).text
        }
        do throws(VoiceStoreError) {
            if case .recording(let turn) = step, let recording = request.recordingSID {
                return try await RecordingStep(
                    function: self, request: request, call: call, recording: recording, turn: turn, time: time,
                    logger: context.logger
                ).twiml()
            }
            return try await response(to: step, request: request, call: call, time: time, context: context).text
        } catch {
            context.logger.error("\(error)")
            return script.finish(.trouble).text
        }
    }
}
