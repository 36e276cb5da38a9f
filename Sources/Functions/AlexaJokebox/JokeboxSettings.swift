import AWS
import AlexaVerification
import Settings

/// The settings of the skill and its audio.
struct JokeboxSettings: Sendable {
    /// `ALEXA_SKILL_ID`.
    var skillID: String
    /// `ASK_VERIFY_REQUESTS`.
    var verification: VerificationSetting
    /// `AUDIO_BUCKET`.
    var bucket: String
    /// `AUDIO_PREFIX` and `AUDIO_EXTENSIONS`.
    var rules: AudioRules
    /// `AUDIO_URL_SECONDS`: the lifetime of a URL. A device fetches an enqueued one only when its turn comes, and
    /// requests more of a long file as it plays; a role's credentials, and with them its URLs, live 12 hours at most.
    var urlSeconds: Int
    /// `AUDIO_INDEX_SECONDS`: the time for which a warm process reuses a listing of the bucket.
    var indexSeconds: Int
    /// `JOKEBOX_TABLE`; nil keeps loop, shuffle and history in the tokens.
    var table: String?

    static var variable: Variable<JokeboxSettings> {
        Variable { environment, faults in
            guard
                let (skillID, verification, bucket, extensions, urlSeconds, indexSeconds) = environment.read(
                    &faults, .required("ALEXA_SKILL_ID", "the id of the skill, amzn1.ask.skill.…"),
                    VerificationSetting.variable,
                    .required(
                        "AUDIO_BUCKET", "the S3 bucket with the audio",
                        expecting: "a bucket's name: 3 to 63 lower-case letters, digits, dots and hyphens",
                        parse: { S3Client.isBucketName($0) ? $0 : nil }),
                    .optional(
                        "AUDIO_EXTENSIONS", default: [".mp3", ".m4a", ".aac"],
                        expecting:
                            "a list of what Alexa's player plays, of \(AudioRules.played.joined(separator: ","))",
                        parse: AudioRules.extensions(parsing:)),
                    .optional("AUDIO_URL_SECONDS", default: 3600, in: 1...43_200),
                    .optional("AUDIO_INDEX_SECONDS", default: 300, in: 0...86_400))
            else { return nil }
            return JokeboxSettings(
                skillID: skillID, verification: verification, bucket: bucket,
                rules: AudioRules(prefix: environment["AUDIO_PREFIX"] ?? "", extensions: extensions),
                urlSeconds: urlSeconds, indexSeconds: indexSeconds, table: environment["JOKEBOX_TABLE"])
        }
    }
}
