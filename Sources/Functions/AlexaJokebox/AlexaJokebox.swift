import AWS
import AlexaEndpoint
import AlexaVerification
import Calling
import HTTPClient
import LambdaRuntime
import Settings

/// An Alexa skill that plays random audio from an S3 bucket: called by Alexa itself, or over HTTP with every request
/// verified.
@main
struct AlexaJokebox: RawLambdaFunction {
    let endpoint: SkillEndpoint
    private let aws: AWSClient

    init(environment: Environment) async throws {
        let (settings, aws) = try environment.read(JokeboxSettings.variable, AWSConfiguration.variable)
        settings.verification.warnIfOff(environment)
        let http = CurlClient()
        self.init(
            settings: settings, aws: AWSClient(configuration: aws, http: http), verifier: RequestVerifier(http: http))
    }

    /// Creates the function with its dependencies.
    init(
        settings: JokeboxSettings, aws: AWSClient, verifier: RequestVerifier, random: RandomSource = RandomSource(),
        now: @escaping @Sendable () -> Moment = { Moment.now }
    ) {
        let library = AudioLibrary(
            settings: settings, s3: S3Client(aws, bucket: settings.bucket), random: random, now: now)
        self.aws = aws
        let table = settings.table.map { AttributeTable(name: $0, client: DynamoDBClient(aws)) }
        let jokebox = Jokebox(library: library, random: random, hasTable: table != nil)
        // A local S3 has no certificate; Alexa itself takes nothing but HTTPS, and AWS's own endpoint has it.
        let skill = jokebox.skill(
            id: settings.skillID, store: table, takesPlainAudio: aws.configuration.hasCustomEndpoint(for: .s3))
        endpoint = SkillEndpoint(skill, verifier: settings.verification == .off ? nil : verifier)
    }

    func warmUp() async { await aws.warmUp() }

    /// Handles Alexa's own event, or the HTTP event that carries it.
    func handle(_ event: SkillEvent, context: LambdaContext) async throws -> RawResponse {
        .bytes(try await endpoint.answer(event, context: context))
    }
}
