import Calling
import Settings
import Testing
import Twilio
import TwilioREST
import VoiceAuth

@testable import TwilioVoice

@Suite struct SettingsTests {
    static let variables = [
        "AWS_REGION": "eu-central-1", "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b", "VOICE_TABLE": "t",
        "VOICE_HASH_SECRET": "0123456789abcdef", "VIAPIKEY": "k", "VIAPITOKEN": "t", "TWILIO_ACCOUNT_SID": "AC1",
        "TWILIO_AUTH_TOKEN": "token", "TWILIO_PUBLIC_BASE_URL": "https://voice.example.com",
        "CONNECT_PHONE_NUMBER": "+17868645177",
    ]

    private static func read(_ changes: [String: String]) throws -> TwilioVoiceSettings {
        try Environment(variables.merging(changes) { $1 }).read(TwilioVoiceSettings.variable)
    }

    @Test func `everything that is missing is named in one message, each thing once`() throws {
        let error = #expect(throws: EnvironmentError.self) {
            try Environment(["VOICE_AUTH_BINDING": "contact", "TWILIO_SECRET_ARN": "x", "VOICEIT_SECRET_ARN": "y"])
                .read(TwilioVoiceSettings.variable)
        }
        let text = try #require(error?.description)
        for name in [
            "VOICE_TABLE", "VOICE_HASH_SECRET", "TWILIO_PUBLIC_BASE_URL", "CONNECT_PHONE_NUMBER", "AWS_REGION",
        ] {
            #expect(text.contains("\(name) is not set"), "\(name)")
        }
        #expect(error?.faults.count { $0.hasPrefix("AWS_REGION") } == 1)
        #expect(!text.contains("VIAPIKEY"))
    }

    @Test func `what is not given is as documented`() throws {
        let settings = try Self.read([:])
        #expect(settings.mediaHosts == .standard)
        #expect(settings.api.authority == "api.twilio.com" && settings.api.scheme == "https")
        #expect(settings.voice.rules.phrases == ["never forget tomorrow is a new day"])
        #expect(settings.wording.language == "en-US" && settings.wording.contentLanguage == "en-US")
        #expect(settings.voice.rules.codeDigits == 8 && settings.voice.rules.codePauses == 3)
    }

    @Test(arguments: [
        ("VOICE_PHRASES", " | "), ("VOICE_LANGUAGE", "en US"), ("TWILIO_PUBLIC_BASE_URL", "voice.example.com"),
        ("TWILIO_MEDIA_HOSTS", " , "), ("TWILIO_MEDIA_HOSTS", "https://a/b"), ("TWILIO_MEDIA_HOSTS", "ftp://a"),
        ("TWILIO_API_BASE_URL", "api.twilio.com"), ("CONNECT_PHONE_NUMBER", "Connect"), ("CONNECT_PHONE_NUMBER", " , "),
        ("CONNECT_PHONE_NUMBER", "+17868645177,x"), ("VOICE_CONTENT_LANGUAGE", "en US"),
        ("VOICE_PHRASES", "a phrase that is longer than the forty-eight char"), ("VOICE_CODE_DIGITS", "5"),
        ("VOICE_CODE_DIGITS", "13"), ("VOICE_CODE_PAUSES", "9"),
    ])
    func `a value that cannot be used is named`(name: String, value: String) throws {
        let error = #expect(throws: EnvironmentError.self) { try Self.read([name: value]) }
        #expect(error?.faults.count == 1)
        #expect(error?.description.hasPrefix("\(name) must be") == true)
    }

    @Test func `characters are counted, and not bytes`() throws {
        let phrase = String(repeating: "ä", count: 48)
        #expect(try Self.read(["VOICE_PHRASES": phrase]).voice.rules.phrases == [phrase])
    }

    @Test(arguments: [["VOICE_LANGUAGE": "de-DE"], ["VOICE_CONTENT_LANGUAGE": "no-STT"]])
    func `another content language than English needs phrases of its own`(variables: [String: String]) throws {
        let error = #expect(throws: EnvironmentError.self) { try Self.read(variables) }
        #expect(error?.faults.count == 1 && error?.description.contains("VOICE_PHRASES is not set") == true)
        let settings = try Self.read(variables.merging(["VOICE_PHRASES": "morgen"]) { $1 })
        #expect(settings.wording.contentLanguage == variables.values.first)
        let both = try Self.read(["VOICE_LANGUAGE": "de-DE", "VOICE_CONTENT_LANGUAGE": "en-GB"])
        #expect(both.wording.language == "de-DE")
    }

    @Test func `Connect's numbers are known as Twilio shows them, and the first is dialled as it is given`() throws {
        let settings = try Self.read(["CONNECT_PHONE_NUMBER": "1 (786) 864-5177, +44 20 7946 0958"])
        #expect(settings.sharedCallers == ["+17868645177", "+442079460958"])
        #expect(settings.connect.first?.text == "1 (786) 864-5177")
    }

    @Test func `hosts are https unless they say otherwise`() throws {
        let settings = try Self.read([
            "TWILIO_MEDIA_HOSTS": "API.twilio.com, media.example:8443 ,http://127.0.0.1:9000/"
        ])
        #expect(
            settings.mediaHosts.origins == [
                Endpoint(scheme: "https", authority: "api.twilio.com"),
                Endpoint(scheme: "https", authority: "media.example:8443"),
                Endpoint(scheme: "http", authority: "127.0.0.1:9000"),
            ])
    }

    @Test func `a recording's place is made of the list and identifiers alone`() throws {
        let hosts = try #require(MediaHosts(parsing: "http://127.0.0.1:9000,media.example"))
        let (account, recording) = (try #require(SID("AC1")), try #require(SID("RE1")))
        func place(_ url: String?, _ more: [(name: String, value: String)] = []) -> String? {
            let parameters = (url.map { [(name: "RecordingUrl", value: $0)] } ?? []) + more
            let request = TwilioRequest(path: "/", parameters: parameters)
            return hosts.place(of: recording, request, account: account).map {
                "\($0.origin.scheme)://\($0.origin.authority)\($0.path)\($0.format)"
            }
        }
        let path = "/2010-04-01/Accounts/AC1/Recordings/RE1"
        #expect(place(nil) == "http://127.0.0.1:9000\(path)")
        #expect(
            place(nil, [(name: "AccountSid", value: "AC2")])
                == "http://127.0.0.1:9000/2010-04-01/Accounts/AC2/Recordings/RE1")
        #expect(place("https://api.twilio.com\(path)") == "http://127.0.0.1:9000\(path)")
        #expect(place("http://api.twilio.com\(path)") == "http://127.0.0.1:9000\(path)")
        #expect(place("https://API.twilio.com:443\(path)") == "http://127.0.0.1:9000\(path)")
        for url in [
            "http://api.twilio.com:8080\(path)", "https://api.twilio.com.\(path)", "ftp://api.twilio.com\(path)",
        ] {
            #expect(place(url) == nil, "\(url)")
        }
        #expect(place("https://media.example\(path).wav") == "https://media.example\(path).wav")
        #expect(place("https://media.example:443/2010-04-01/Accounts/AC3/Recordings/RE1")?.contains("/AC3/") == true)
        #expect(place("https://media.example/../../x?a=b#c") == "https://media.example\(path)")
        #expect(place("https://media.example/2010-04-01/Accounts/AC3/Recordings/RE2") == "https://media.example\(path)")
        for url in ["http://media.example\(path)", "https://user@media.example\(path)", "http://127.0.0.1:9001/", "x"] {
            #expect(place(url) == nil, "\(url)")
        }
    }

    @Test func `every sentence is there in every language`() {
        for sentence in CallSentence.allCases {
            #expect(CallSentence.english[sentence] != nil && CallSentence.german[sentence] != nil)
            #expect(CallSentence.spanish[sentence] != nil)
            #expect(sentence.text(in: "fr-FR") == CallSentence.english[sentence])
        }
    }

    @Test func `a step's path leads to the step`() {
        for step in [
            CallStep.incoming, .status, .code, .consent(turn: 1), .recording(turn: 12),
            .silence(turn: 3), .resume,
        ] {
            #expect(CallStep(path: step.path) == step)
            #expect(CallStep(path: step.path + "/") == step)
        }
    }
}
