import TestSupport
import Testing

@testable import AlexaJokebox

@Suite struct EnvironmentFaultTests {
    @Test func `every fault of the environment is named once, also beside another`() async throws {
        let sound = FaultMatrix.aws.merging(["ALEXA_SKILL_ID": "amzn1.ask.skill.1", "AUDIO_BUCKET": "jokes"]) { $1 }
        let matrix = FaultMatrix(
            sound,
            [
                "ALEXA_SKILL_ID": "", "AUDIO_BUCKET": "", "AUDIO_BUCKET": "Not A Bucket", "AUDIO_EXTENSIONS": ".wav",
                "AUDIO_URL_SECONDS": "0", "AUDIO_INDEX_SECONDS": "-1", "AWS_REGION": "", "AWS_ACCESS_KEY_ID": "",
                "AWS_SECRET_ACCESS_KEY": "", "AWS_ENDPOINT_URL": "localhost",
            ])
        try await matrix.check { _ = try await AlexaJokebox(environment: $0) }
        await FaultMatrix.checkEmpty(["ALEXA_SKILL_ID", "AUDIO_BUCKET"] + FaultMatrix.aws.keys) {
            _ = try await AlexaJokebox(environment: $0)
        }
    }
}
