import AWS
import Calling
import Settings
import Twilio
import TwilioREST
import VoiceAuth
import VoiceIt

/// The settings of the calls, apart from those of the services.
struct TwilioVoiceSettings: Sendable {
    /// The voice settings, with the phrases of `VOICE_PHRASES` in their rules.
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
    /// `CONNECT_PHONE_NUMBER`: a call of caller-id mode returns to the first. Never empty.
    var connect: [Dial.Number]
    var wording = VoiceWording()

    /// The caller ids shared by many callers: in contact mode every call shows one of Connect's own numbers.
    ///
    /// Twilio shows caller ids with `+`, whether or not the variable has it.
    var sharedCallers: Set<String> { Set(connect.map { $0.digits.hasPrefix("+") ? $0.digits : "+\($0.digits)" }) }

    /// Reads all settings.
    static var variable: Variable<TwilioVoiceSettings> {
        Variable { environment, faults in
            let values = environment.read(
                &faults, VoiceSettings.variable, VoiceItConfiguration.variable, AWSConfiguration.variable,
                TwilioAccount.secret,
                .required(
                    "TWILIO_PUBLIC_BASE_URL", "the URL by which Twilio calls this function, up to /voice",
                    expecting: Endpoint.outsideExpectation,
                    parse: PublicBaseURL.init(outside:)),
                .optional(
                    "TWILIO_MEDIA_HOSTS", default: .standard,
                    expecting: "a comma-separated list of hosts, or of https origins; http is for loopback hosts alone",
                    parse: MediaHosts.init(parsing:)),
                TwilioAccount.api,
                .required(
                    "CONNECT_PHONE_NUMBER", "the numbers by which Amazon Connect calls Twilio and is called back",
                    expecting: "one or several phone numbers with commas between them, such as +17868645177",
                    parse: numbers),
                VoiceWording.variable)
            guard let (voice, voiceIt, aws, twilio, base, hosts, api, connect, wording) = values else { return nil }
            var settings = TwilioVoiceSettings(
                voice: voice, voiceIt: voiceIt, aws: aws, base: base, twilio: twilio, mediaHosts: hosts, api: api,
                connect: connect)
            settings.voice.rules.phrases = wording.phrases
            settings.wording = wording
            return settings
        }
    }

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
}
