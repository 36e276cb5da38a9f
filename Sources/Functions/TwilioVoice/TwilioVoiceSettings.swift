import AWS
import LambdaRuntime
import Twilio
import VoiceAuth
import VoiceIt

/// What the environment says about the calls, beside how the services are reached.
struct TwilioVoiceSettings: Sendable {
    static let accountName = "TWILIO_ACCOUNT_SID"
    static let tokenName = "TWILIO_AUTH_TOKEN"

    /// With the phrases of `VOICE_PHRASES` in its rules.
    var voice: VoiceSettings
    var voiceIt: VoiceItConfiguration
    var aws: AWSConfiguration
    /// `TWILIO_PUBLIC_BASE_URL`.
    var base: PublicBaseURL
    /// `TWILIO_SECRET_ARN`, or the variables of its keys' names.
    var twilio: KeyedSecret
    /// `TWILIO_MEDIA_HOSTS`.
    var mediaHosts: MediaHosts
    /// `TWILIO_API_BASE_URL`.
    var api: Endpoint
    /// `CONNECT_PHONE_NUMBER`; always there in caller-id mode.
    var connect: Dial.Number?
    /// `VOICE_LANGUAGE`: of the phrases, for VoiceIt, and of what is said.
    var language = "en-US"

    /// Reads them all.
    static var variable: Variable<TwilioVoiceSettings> {
        Variable { environment, allFaults in
            var faults: [String] = []
            let values = environment.read(
                &faults, VoiceSettings.variable, VoiceItConfiguration.variable, AWSConfiguration.variable, twilio,
                .required(
                    "TWILIO_PUBLIC_BASE_URL", "the URL by which Twilio calls this function, up to /voice",
                    expecting: "an http or https URL such as https://voice.example.com/prod, without query",
                    parse: PublicBaseURL.init(parsing:)),
                .optional(
                    "TWILIO_MEDIA_HOSTS", default: .standard,
                    expecting: "a comma-separated list of hosts, or of origins such as http://127.0.0.1:9000",
                    parse: MediaHosts.init(parsing:)),
                .optional(
                    "TWILIO_API_BASE_URL", default: Endpoint(scheme: "https", authority: "api.twilio.com"),
                    expecting: "an http or https URL, without query", parse: Endpoint.init(parsing:)),
                .optional(
                    "CONNECT_PHONE_NUMBER", expecting: "a phone number such as +17868645177",
                    parse: Dial.Number.init),
                .optional(
                    "VOICE_PHRASES", default: [VoiceRules.defaultPhrase],
                    expecting: "one or more phrases with | between them", parse: phrases),
                .optional(
                    "VOICE_LANGUAGE", default: "en-US", expecting: "a language such as en-US", parse: language))
            if environment["VOICE_AUTH_BINDING"] == VoiceRules.Binding.callerID.rawValue,
                environment["CONNECT_PHONE_NUMBER"] == nil
            {
                faults.append(
                    "CONNECT_PHONE_NUMBER is not set: give the number that VOICE_AUTH_BINDING=caller-id connects to.")
            }
            // Each service that needs AWS has said what AWS lacks.
            for fault in faults where !allFaults.contains(fault) { allFaults.append(fault) }
            guard faults.isEmpty,
                let (voice, voiceIt, aws, twilio, base, hosts, api, connect, phrases, language) = values
            else { return nil }
            var settings = TwilioVoiceSettings(
                voice: voice, voiceIt: voiceIt, aws: aws, base: base, twilio: twilio, mediaHosts: hosts, api: api)
            settings.voice.rules.phrases = phrases
            settings.connect = connect
            settings.language = language
            return settings
        }
    }

    private static var twilio: Variable<KeyedSecret> {
        KeyedSecret.variable(
            "TWILIO_SECRET_ARN", .init(accountName, "the Twilio account's SID, AC…"),
            .init(tokenName, "the Twilio account's auth token"))
    }

    /// Blanks around a phrase are dropped, and so are empty ones and second copies.
    private static func phrases(_ text: String) -> [String]? {
        var phrases: [String] = []
        for part in text.split(separator: "|") {
            let phrase = String(part.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
            if !phrase.isEmpty, !phrases.contains(phrase) { phrases.append(phrase) }
        }
        return phrases.isEmpty ? nil : phrases
    }

    private static func language(_ text: String) -> String? {
        let isTag = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
                true
            default: false
            }
        }
        return isTag && (2...20).contains(text.utf8.count) ? text : nil
    }
}
