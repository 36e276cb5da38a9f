import AWS
import LambdaRuntime
import Twilio
import TwilioREST
import VoiceAuth
import VoiceIt

/// What the environment says about the calls, beside how the services are reached.
struct TwilioVoiceSettings: Sendable {
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
    /// `CONNECT_PHONE_NUMBER`: the first is where a call of caller-id mode goes back to. Never empty.
    var connect: [Dial.Number]
    /// `VOICE_LANGUAGE`: of what Twilio says.
    var language = "en-US"
    /// `VOICE_CONTENT_LANGUAGE`: of the phrases, as VoiceIt names it.
    var contentLanguage = "en-US"

    /// The callers that many share: in contact mode every call shows one of Connect's own numbers.
    ///
    /// Twilio shows callers with `+`, whether or not the variable has it.
    var sharedCallers: Set<String> { Set(connect.map { $0.digits.hasPrefix("+") ? $0.digits : "+\($0.digits)" }) }

    /// Reads them all.
    static var variable: Variable<TwilioVoiceSettings> {
        Variable { environment, allFaults in
            var faults: [String] = []
            let values = environment.read(
                &faults, VoiceSettings.variable, VoiceItConfiguration.variable, AWSConfiguration.variable,
                TwilioAccount.secret,
                .required(
                    "TWILIO_PUBLIC_BASE_URL", "the URL by which Twilio calls this function, up to /voice",
                    expecting: "an http or https URL such as https://voice.example.com/prod, without query",
                    parse: PublicBaseURL.init(parsing:)),
                .optional(
                    "TWILIO_MEDIA_HOSTS", default: .standard,
                    expecting: "a comma-separated list of hosts, or of origins such as http://127.0.0.1:9000",
                    parse: MediaHosts.init(parsing:)),
                TwilioAccount.api,
                .required(
                    "CONNECT_PHONE_NUMBER", "the numbers by which Amazon Connect calls Twilio and is called back",
                    expecting: "one or several phone numbers with commas between them, such as +17868645177",
                    parse: numbers),
                .optional(
                    "VOICE_PHRASES",
                    expecting: "one or more phrases with | between them, each of at most \(longestPhrase) characters",
                    parse: phrases),
                .optional(
                    "VOICE_LANGUAGE", default: "en-US", expecting: "a language such as en-US", parse: language),
                .optional(
                    "VOICE_CONTENT_LANGUAGE", expecting: "a content language of VoiceIt's such as en-US or no-STT",
                    parse: language))
            let content = environment["VOICE_CONTENT_LANGUAGE"] ?? environment["VOICE_LANGUAGE"] ?? "en-US"
            if environment["VOICE_PHRASES"] == nil, language(content) != nil, !content.lowercased().hasPrefix("en-") {
                faults.append(
                    "VOICE_PHRASES is not set: give the phrases that VoiceIt has for the content language \(content), "
                        + "with | between them.")
            }
            // Each service that needs AWS has said what AWS lacks.
            for fault in faults where !allFaults.contains(fault) { allFaults.append(fault) }
            guard faults.isEmpty,
                let (voice, voiceIt, aws, twilio, base, hosts, api, connect, phrases, language, contentLanguage) =
                    values
            else { return nil }
            var settings = TwilioVoiceSettings(
                voice: voice, voiceIt: voiceIt, aws: aws, base: base, twilio: twilio, mediaHosts: hosts, api: api,
                connect: connect)
            settings.voice.rules.phrases = phrases ?? [VoiceRules.defaultPhrase]
            settings.language = language
            settings.contentLanguage = contentLanguage ?? language
            return settings
        }
    }

    /// The longest phrase, in characters: it must be said within 4 s.
    private static let longestPhrase = 48

    private static func numbers(_ text: String) -> [Dial.Number]? {
        var numbers: [Dial.Number] = []
        for part in text.split(separator: ",") {
            let blanks: Set<Character> = [" ", "\t"]
            let name = String(part.drop { blanks.contains($0) }.reversed().drop { blanks.contains($0) }.reversed())
            if name.isEmpty { continue }
            guard let number = Dial.Number(name) else { return nil }
            numbers.append(number)
        }
        return numbers.isEmpty ? nil : numbers
    }

    /// Blanks around a phrase are dropped, and so are empty ones and second copies.
    private static func phrases(_ text: String) -> [String]? {
        var phrases: [String] = []
        for part in text.split(separator: "|") {
            let phrase = String(part.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
            guard phrase.count <= longestPhrase else { return nil }
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
