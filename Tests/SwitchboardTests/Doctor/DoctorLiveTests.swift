import Foundation
import LocalServices
import Settings
import TestSupport
import Testing

@testable import switchboard

/// The doctor's findings at the services, on equally strict servers.
@Suite(.takingTurns) struct DoctorLiveTests {
    private let project: TemporaryProject

    init() throws {
        project = try TemporaryProject()
    }

    private func settings(_ variables: [String: String]) -> LiveSettings {
        var settings = DoctorSettings()
        settings.shell = variables
        return LiveSettings(variables: settings)
    }

    private static let keys = [
        "AWS_REGION": "eu-central-1", "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "very-secret",
    ]
    private static let instance =
        "arn:aws:connect:eu-central-1:123456789012:instance/2f0f1c5e-0000-4000-8000-000000000001"

    @Test func `with nothing set everything is skipped and says what to set`() async throws {
        let doctor = Doctor(checks: LiveChecks(settings: settings([:]).variables).all)
        var findings: [Finding] = []
        #expect(try await doctor.run { findings.append($0) })
        #expect(findings.count == 14 && findings.allSatisfy { $0.state == .skipped })
        #expect(findings.allSatisfy { $0.text.contains("set ") })
        #expect(findings[0] == .skipped("AWS", "set AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY"))
    }

    @Test func `AWS knows the account and which senders there are, signatures checked`() async throws {
        var seeds = Moto.Seeds(senders: ["clinic@example.com", "@known.example"])
        seeds.actions = ["ses:GetEmailIdentity", "sts:GetCallerIdentity"]
        try await Moto.withRunningForTests(seeds: seeds) { moto in
            var variables = moto.environment
            variables["EMAIL_ALLOWED_SENDERS"] = "clinic@example.com, @known.example,@nobody.example"
            #expect(
                await IdentityCheck(settings: settings(variables)).findings()
                    == [.ok("AWS", "account 123456789012, region eu-central-1")])
            // moto verifies no identity.
            let link = "open the link in SES's e-mail to it, or verify its domain"
            let records = "publish the DNS records that SES shows for it"
            let create = "create it in the SES console and verify it"
            #expect(
                await SendersCheck(settings: settings(variables)).findings() == [
                    .mend("SES senders", "known.example is not verified yet: \(records)"),
                    .mend("SES senders", "nobody.example is no identity of this region: \(create)"),
                    .mend("SES senders", "an address at example.com is not verified yet: \(link)"),
                ])
        }
    }

    @Test func `an address is verified by itself or by its domain, a domain by itself or by one above it`() async throws
    {
        let server = try ScriptedServer.answering { request in
            switch request.target {
            case "/v2/email/identities/own%40example.com", "/v2/email/identities/verified.example":
                .init(#"{"VerifiedForSendingStatus":true}"#)
            case "/v2/email/identities/new%40verified.example": .init(#"{"VerifiedForSendingStatus":false}"#)
            default: .init(status: 404, headers: [("x-amzn-ErrorType", "NotFoundException")], "{}")
            }
        }
        var variables = Self.keys.merging(["AWS_ENDPOINT_URL": "http://\(server.authority)"]) { $1 }
        variables["EMAIL_ALLOWED_SENDERS"] =
            "@verified.example, Own@Example.com, new@verified.example,@a.verified.example"
        variables["EMAIL_FROM"] = "desk@verified.example"
        #expect(
            await SendersCheck(settings: settings(variables)).findings() == [
                .ok("SES senders", "a.verified.example is verified"),
                .ok("SES senders", "verified.example is verified"),
                .ok("SES senders", "an address at verified.example is verified"),
                .ok("SES senders", "an address at verified.example is verified"),
                // It is an identity of its own, though not a verified one: its rights are checked.
                .skipped(
                    "SES senders",
                    "the identity of an address at verified.example counts, not its domain's: set SesIdentityArns, the "
                        + "stack's parameter, to have it compared"),
                .ok("SES senders", "an address at example.com is verified"),
            ])
    }

    @Test func `a wrong secret, an unknown key and a missing right each say what to do`() async throws {
        try await Moto.withRunningForTests { moto in
            var variables = moto.environment.merging(["EMAIL_FROM": "a@example.com"]) { $1 }
            let denied = await SendersCheck(settings: settings(variables)).findings()
            #expect(
                denied == [
                    .mend(
                        "SES senders", "this identity may not call SES's GetEmailIdentity: allow it, or ask as another")
                ])
            variables["AWS_SECRET_ACCESS_KEY"] = "wrong"
            let wrong = await SendersCheck(settings: settings(variables)).findings()
            #expect(wrong[0].state == .mend && wrong[0].text.contains("AWS_SECRET_ACCESS_KEY does not fit"))
            variables["AWS_ACCESS_KEY_ID"] = "AKIANOBODY"
            let unknown = await SendersCheck(settings: settings(variables)).findings()
            #expect(unknown[0].state == .mend && unknown[0].text.contains("does not know"))
        }
    }

    @Test(arguments: [
        (
            #"{"SendingEnabled":true,"ProductionAccessEnabled":true,"SendQuota":{"Max24HourSend":50000.0}}"#,
            Finding.State.ok, "50000"
        ),
        (#"{"SendingEnabled":true,"ProductionAccessEnabled":false}"#, .mend, "production access"),
        (#"{"SendingEnabled":false,"ProductionAccessEnabled":true}"#, .mend, "paused"), ("{}", .mend, "sandbox"),
        ("<html>", .mend, "cannot be read"),
    ])
    func `SES says whether it may send to everybody`(answer: String, state: Finding.State, part: String) async throws {
        let server = try ScriptedServer.answering { _ in .init(answer) }
        let variables = Self.keys.merging(["AWS_ENDPOINT_URL": "http://\(server.authority)"]) { $1 }
        let findings = await MailCheck(settings: settings(variables)).findings()
        #expect(findings.map(\.state) == [state] && findings[0].text.contains(part), "\(findings)")
        #expect(server.requests.first?.method == "GET" && server.requests.first?.target == "/v2/email/account")
        #expect(server.requests.first?["Authorization"]?.contains("/eu-central-1/ses/aws4_request") == true)
    }

    @Test(arguments: [("false", Finding.State.ok), ("true", .mend), ("perhaps", .mend)])
    func `SNS says whether it is in its sandbox`(value: String, state: Finding.State) async throws {
        let server = try ScriptedServer.answering { _ in
            .init(
                "<R xmlns=\"x\"><GetSMSSandboxAccountStatusResult><IsInSandbox>\(value)</IsInSandbox>"
                    + "</GetSMSSandboxAccountStatusResult></R>")
        }
        let variables = Self.keys.merging(["AWS_ENDPOINT_URL_SNS": "http://\(server.authority)"]) { $1 }
        #expect(await TextMessagesCheck(settings: settings(variables)).findings().map(\.state) == [state])
        #expect(server.requests.first?.text == "Action=GetSMSSandboxAccountStatus&Version=2010-03-31")
    }

    @Test func `an instance must be active, and where the functions are`() async throws {
        let server = try ScriptedServer.answering { request in
            request.target.hasSuffix("000000000001")
                ? .init(#"{"Instance":{"InstanceStatus":"ACTIVE"}}"#)
                : .init(status: 404, headers: [("x-amzn-ErrorType", "ResourceNotFoundException")], "{}")
        }
        func check(_ arn: String, region: String = "eu-central-1") async -> Finding? {
            var variables = Self.keys
            variables["AWS_REGION"] = region
            variables["AWS_ENDPOINT_URL_CONNECT"] = "http://\(server.authority)"
            variables["CONNECT_INSTANCE_ARN"] = arn
            return await ConnectInstanceCheck(settings: settings(variables)).findings().first
        }
        #expect(await check(Self.instance) == .ok("Amazon Connect", "the instance is active"))
        #expect(await check(String(Self.instance.dropLast()) + "2")?.text.contains("ResourceNotFound") == true)
        let count = server.requests.count
        #expect(await check(Self.instance, region: "us-east-1")?.text.contains("AWS_REGION is us-east-1") == true)
        #expect(await check("my-instance")?.text.contains("must be arn:") == true)
        #expect(server.requests.count == count)
    }

    @Test func `what an agent's guide needs of Amazon Connect is named where one is known, and asked of nobody`()
        async throws
    {
        let known = ["CONNECT_INSTANCE_ARN": Self.instance, "EMAIL_ALLOWED_SENDERS": "@example.com"]
        let findings = await GuideCheck(settings: settings(known)).findings()
        #expect(findings.map(\.state) == [.skipped])
        for words in ["Customer Profiles", "agent workspace", "plain CCP", "Agent Applications > Custom views"] {
            #expect(findings.first?.text.contains(words) == true, "\(words)")
        }
        for name in known.keys {
            #expect(await GuideCheck(settings: settings(known.filter { $0.key != name })).findings().isEmpty)
        }
        try project.add("live.json", #"{"SendEmail":{"EMAIL_ALLOWED_SENDERS":"@example.com"}}"#)
        let run = try CommandRun(
            ["doctor", "--live", "--env-vars", "live.json", "--connect-instance", Self.instance], in: project.root)
        run.wait()
        #expect(run.output.contains("\nskipped  agent's guide: "), "\(run.output) \(run.errors)")
    }

    @Test func `Salesforce, VoiceIt and Twilio take right credentials and refuse wrong ones`() async throws {
        try await SalesforceDouble.withRunning { salesforce in
            try await VoiceItDouble.withRunning { voiceIt in
                try await TwilioMediaDouble.withRunning { twilio in
                    var variables = salesforce.environment.merging(voiceIt.environment) { $1 }
                        .merging(twilio.environment) { $1 }
                    func findings() async -> [Finding] {
                        let live = settings(variables)
                        let checks: [any DoctorCheck] = [
                            SalesforceCheck(settings: live), VoiceItCheck(settings: live), TwilioCheck(settings: live),
                        ]
                        var all: [Finding] = []
                        for check in checks { all += await check.findings() }
                        return all
                    }
                    let right = await findings()
                    #expect(right.map(\.state) == [.ok, .ok, .ok], "\(right)")
                    let secrets = ["SALESFORCE_CLIENT_SECRET", "VIAPITOKEN", "TWILIO_AUTH_TOKEN"]
                    for name in secrets { variables[name] = "wrong-\(name.lowercased())" }
                    let wrong = await findings()
                    #expect(wrong.map(\.state) == [.mend, .mend, .mend], "\(wrong)")
                    #expect(wrong[0].text.contains("consumer secret into SALESFORCE_CLIENT_SECRET"))
                    #expect(wrong[1].text.contains("rejected the API key"))
                    #expect(wrong[2].text.contains("does not accept TWILIO_ACCOUNT_SID"))
                    for finding in right + wrong {
                        #expect(
                            !finding.text.contains("wrong-") && !finding.text.contains(TwilioMediaDouble.accountSID))
                    }
                    for name in secrets { variables[name] = nil }
                    let missing = await findings()
                    #expect(missing.map(\.state) == [.mend, .mend, .mend])
                    #expect(zip(missing, secrets).allSatisfy { $0.text.contains($1) })
                }
            }
        }
    }

    @Test func `credentials are read from Secrets Manager where the variables name a secret`() async throws {
        try await VoiceItDouble.withRunning { voiceIt in
            let seeds = Moto.Seeds(secrets: [
                "voice": #"{"VIAPIKEY":"\#(VoiceItDouble.key)","VIAPITOKEN":"\#(VoiceItDouble.token)"}"#
            ])
            try await Moto.withRunningForTests(seeds: seeds) { moto in
                var variables = moto.environment
                variables["VOICEIT_BASE_URL"] = voiceIt.url
                variables["VOICEIT_SECRET_ARN"] = "voice"
                #expect(await VoiceItCheck(settings: settings(variables)).findings().map(\.state) == [.ok])
                variables["VOICEIT_SECRET_ARN"] = "nowhere"
                let findings = await VoiceItCheck(settings: settings(variables)).findings()
                #expect(findings[0].state == .mend && findings[0].text.contains("ResourceNotFoundException"))
            }
        }
    }

    @Test(arguments: ["--env-vars", "--connect-instance"])
    func `an option that only --live reads is refused without it`(option: String) throws {
        let run = try CommandRun(["doctor", option, "value"], in: project.root)
        run.wait()
        #expect(run.status == 64 && run.errors.contains("\(option) is read with --live only"), "\(run.errors)")
    }

    @Test func `the command asks by the settings of a file`() async throws {
        try await VoiceItDouble.withRunning { voiceIt in
            let variables = try JSONEncoder().encode(["VoiceAuthCheck": voiceIt.environment])
            try project.add("live.json", String(decoding: variables, as: UTF8.self))
            let run = try CommandRun(["doctor", "--live", "--env-vars", "live.json"], in: project.root)
            run.wait()
            #expect(run.output.contains("\nok       VoiceIt: accepts the key; "), "\(run.output) \(run.errors)")
            #expect(run.output.contains("\nskipped  Twilio: set TWILIO_SECRET_ARN, or "))
            #expect(!run.output.contains(VoiceItDouble.token))
        }
    }

    @Test func `servers that never answer end with the doctor's patience, and no secret is told`() async throws {
        let server = try ScriptedServer { connection in
            while try connection.readRequest() != nil {}
        }
        let url = "http://\(server.authority)"
        var variables = Self.keys.merging([
            "AWS_ENDPOINT_URL": url, "EMAIL_FROM": "desk@example.com", "CONNECT_INSTANCE_ARN": Self.instance,
            "SALESFORCE_LOGIN_URL": url, "SALESFORCE_CLIENT_ID": "id", "SALESFORCE_CLIENT_SECRET": "very-secret",
            "VOICEIT_BASE_URL": url, "VIAPIKEY": "key_1", "VIAPITOKEN": "very-secret", "TWILIO_API_BASE_URL": url,
            "TWILIO_AUTH_TOKEN": "very-secret", "IDEMPOTENCY_TABLE": "once", "AUDIO_BUCKET": "audio",
            "VOICE_HASH_SECRET_ARN": "hash", "CRM_API_URL": url,
        ]) { $1 }
        variables["TWILIO_ACCOUNT_SID"] = TwilioMediaDouble.accountSID
        let checks = LiveChecks(settings: settings(variables).variables, patience: .milliseconds(500)).all
        var findings: [Finding] = []
        let start = ContinuousClock.now
        #expect(try await !Doctor(checks: checks).run { findings.append($0) })
        #expect(ContinuousClock.now - start < .seconds(10))
        #expect(findings.count { $0.state == .mend } == 12, "\(findings)")
        #expect(findings.filter { $0.state != .mend }.map(\.subject) == ["SMS settings", "skills"], "\(findings)")
        #expect(findings.allSatisfy { !$0.text.contains("secret") && !$0.text.contains("desk@") })
    }

    @Test func `a file that was named comes before the shell, and the events' examples are nobody's settings`() throws {
        try project.add("named.json", #"{"SendEmail":{"EMAIL_FROM":"named@example.com","X":"local"}}"#)
        var settings = DoctorSettings()
        settings.shell = ["EMAIL_FROM": "shell@example.com", "EMAIL_REPLY_TO": "", "AWS_DEFAULT_REGION": "eu-west-1"]
        let mail = try settings.environment(for: "SendEmail")
        #expect(mail["EMAIL_FROM"] == "shell@example.com" && mail["EMAIL_REPLY_TO"] == nil)
        #expect(mail["AWS_REGION"] == "eu-west-1")
        settings.file = project.root.appending(path: "named.json")
        let named = try settings.environment(for: "SendEmail")
        #expect(named["EMAIL_FROM"] == "named@example.com" && named["X"] == nil)
    }

    @Test func `the command does not ask SES for the events' senders`() throws {
        try project.add("events/SendEmail/env.json", #"{"EMAIL_ALLOWED_SENDERS":"@example.com"}"#)
        let run = try CommandRun(["doctor", "--live"], in: project.root)
        run.wait()
        #expect(run.output.contains("\nskipped  SES senders: set EMAIL_ALLOWED_SENDERS"), "\(run.output) \(run.errors)")
    }
}
