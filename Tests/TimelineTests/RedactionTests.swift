import Encoding
import JSON
import Testing
import Timeline

struct RedactionTests {
    @Test(arguments: [
        ("Authorization: Bearer abc.def", "Authorization: (secret)"),
        (
            "client_id=me&client_secret=s%2Fx&grant_type=client_credentials",
            "client_id=me&client_secret=(secret)&grant_type=client_credentials"
        ),
        (#"{"access_token":"00Dxx!abc","scope":"api"}"#, #"{"access_token":"(secret)","scope":"api"}"#),
        (#"the body was {\"access_token\":\"abc\",\"x\":1}"#, #"the body was {\"access_token\":\"(secret)\",\"x\":1}"#),
        (
            "GET /b/k?X-Amz-Credential=AKID%2F2026&X-Amz-Signature=0a1b&X-Amz-Date=1",
            "GET /b/k?X-Amz-Credential=AKID%2F2026&X-Amz-Signature=(secret)&X-Amz-Date=1"
        ),
        (
            "https://r.example.com/recordings/c?day=1&sig=AbC-_d",
            "https://r.example.com/recordings/c?day=1&sig=(secret)"
        ),
        ("TWILIO_AUTH_TOKEN=0123456789abcdef", "TWILIO_AUTH_TOKEN=(secret)"),
        ("sent with Bearer 0123456789abcdef, refused", "sent with Bearer (secret), refused"),
        ("token eyJhbGciOi.eyJzdWIi.c2ln here", "token (secret) here"),
        ("url=https%3A%2F%2Fx%2F%3Fsig%3Dabc%26day%3D1", "url=https%3A%2F%2Fx%2F%3Fsig%3D(secret)%26day%3D1"),
        ("session 00D5f000000abcd!AQ4.x_y. refused", "session (secret) refused"),
        (#"{"password":"two \"quoted\" words","x":1}"#, #"{"password":"(secret)","x":1}"#),
        (#"{\"password\":\"two words\",\"x\":1}"#, #"{\"password\":\"(secret)\",\"x\":1}"#),
        ("<Password>two words</Password><Name>n</Name>", "<Password>(secret)</Password><Name>n</Name>"),
        ("<SessionToken>abc</SessionToken>", "<SessionToken>(secret)</SessionToken>"),
        ("amqp://maria.silva:pass%20word@host/x", "amqp://maria.silva:(secret)@host/x"),
        ("https://example.com/x?token=abc&day=1", "https://example.com/x?token=(secret)&day=1"),
        ("callerToken: abc, x-auth-token: def", "callerToken: (secret), x-auth-token: (secret)"),
        (
            "k\n-----BEGIN PRIVATE KEY-----\nMIIB\nx==\n-----END PRIVATE KEY-----\n",
            "k\n-----BEGIN PRIVATE KEY-----(secret)-----END PRIVATE KEY-----\n"
        ),
    ])
    func `a secret is taken out by its name or form`(text: String, expected: String) {
        #expect(Redaction().redacted(text) == expected)
    }

    @Test(arguments: [
        "The signature is not valid.", "+12065550142", "Maria Silva <maria.silva@example.net>",
        "SALESFORCE_SECRET_ARN=arn:aws:secretsmanager:eu-central-1:123456789012:secret:x",
        "Basic credentials are missing",
        "HTTP/1.1 200", "", "A password is required.", "side=left&side=right", "Call SID CA123",
        "https://example.com:8080/a@b", "nextToken=abc&ClientToken=1",
        "An unexpected token", "dGhpcyBpcyBubyBzZWNyZXQ=",
    ])
    func `what is no secret stays`(text: String) {
        #expect(Redaction().redacted(text) == text)
    }

    @Test func `members are known by their names at any depth, and null stays null`() {
        let value: JSONValue = [
            "context": ["System": ["user": ["accessToken": "abc"], "apiAccessToken": "def"]],
            "headers": ["x-twilio-signature": "ghi", "host": "h"],
            "list": [["name": "Authorization", "value": "Bearer jkl"], ["name": "Host", "value": "h"]],
            "SecretString": ["user": "me", "tries": 3], "password": .null, "token": "of a caller", "pin": "0815",
            "AudioPlayer": ["token": "of the stream", "offsetInMilliseconds": 0],
            "parameter": ["Type": "SecureString", "Value": "abc"], "form": ["Digits": "98765432"],
            "menu": ["Digits": "1"],
        ]
        let expected: JSONValue = [
            "context": ["System": ["user": ["accessToken": "(secret)"], "apiAccessToken": "(secret)"]],
            "headers": ["x-twilio-signature": "(secret)", "host": "h"],
            "list": [["name": "Authorization", "value": "(secret)"], ["name": "Host", "value": "h"]],
            "SecretString": ["user": "(secret)", "tries": "(secret)"], "password": .null, "token": "(secret)",
            "pin": "(secret)", "AudioPlayer": ["token": "of the stream", "offsetInMilliseconds": 0],
            "parameter": ["Type": "SecureString", "Value": "(secret)"], "form": ["Digits": "(secret)"],
            "menu": ["Digits": "1"],
        ]
        let redacted = Redaction().redacted(value)
        #expect(redacted == expected)
    }

    @Test func `what is in Base64 is looked into`() {
        let body = Base64.encode(Array("user=me&password=abc".utf8))
        let value = Redaction().redacted(["body": .string(body), "isBase64Encoded": true] as JSONValue)
        #expect(value["body"]?.string == Base64.encode(Array("user=me&password=(secret)".utf8)))
    }

    @Test func `the values of this run are taken out wherever they are, also encoded`() {
        let redaction = Redaction()
        redaction.add(variables: [
            "VOICE_HASH_SECRET": "a long, random text", "SALESFORCE_SECRET_ARN": "arn:of:it",
            "AWS_REGION": "eu-central-1",
            "VIAPIKEY": "key_1", "TWILIO_AUTH_TOKEN": "0123456789abcdef",
        ])
        redaction.add(["65208040"])
        let text = "a long, random text|a%20long%2C%20random%20text|MDEyMzQ1Njc4OWFiY2RlZg==|arn:of:it|eu-central-1"
        #expect(redaction.redacted(text) == "(secret)|(secret)|(secret)|arn:of:it|eu-central-1")
        #expect(redaction.redacted("Sends ,,,65208040#") == "Sends ,,,(secret)#")
        let value = redaction.redacted(["code": .number(65_208_040), "keys": ["65208040": true]] as JSONValue)
        let expected: JSONValue = ["code": "(secret)", "keys": ["(secret)": true]]
        #expect(value == expected)
    }

    @Test func `a one-time code is a secret once a function has given it to its flow`() {
        let timeline = Timeline()
        timeline.report(
            TimelineEvent(
                .lambda, "invocation", "VoiceAuthCheck", detail: ["response": ["handoverCode": ",,,65208040"]]))
        timeline.report(TimelineEvent(.call, "keys", "Sends ,,,65208040", detail: ["keys": ",,,65208040"]))
        timeline.report(TimelineEvent(.twilio, "webhook", "POST", detail: ["request": ["body": "Digits=65208040&x=1"]]))
        let text = timeline.events().map { String(decoding: $0.json, as: UTF8.self) }.joined()
        #expect(!text.contains("65208040"))
        #expect(text.contains("Digits=(secret)&x=1"))
    }

    @Test func `whatever is reported has no secret in its title, command or detail`() {
        let timeline = Timeline()
        timeline.redaction.add(["s3cr3t-value"])
        timeline.report(
            TimelineEvent(
                .http, "request", "GET /?sig=abcdef", source: "s3cr3t-value",
                command: "curl -H 'Authorization: Bearer x'",
                detail: ["request": ["body": "client_secret=s3cr3t"]]))
        let text = timeline.events().map { String(decoding: $0.json, as: UTF8.self) }.joined()
        let found = ["abcdef", "s3cr3t", "Bearer"].filter { text.contains($0) }
        #expect(found == [])
    }

    @Test func `a secret below a name in a variable's JSON is one of the run, and masked where the variable is shown`()
    {
        let callers =
            #"{"reports":{"token":"caller-of-32-characters","note":"plain words"},"n":[{"password":"p@ss-word"}]}"#
        let redaction = Redaction()
        redaction.add(variables: ["CRM_CALLERS": callers, "NAME": "caller"])
        let encoded = Base64.encode(Array("x caller-of-32-characters".utf8))
        #expect(redaction.redacted("a caller-of-32-characters b p@ss-word") == "a (secret) b (secret)")
        #expect(redaction.redacted(encoded) == Base64.encode(Array("x (secret)".utf8)))
        #expect(redaction.redacted("plain words") == "plain words")
        let shown = Redaction.shown(callers, ofVariable: "CRM_CALLERS")
        #expect(!shown.contains("32") && !shown.contains("p@ss") && shown.contains("plain words"))
        #expect(Redaction.shown(#"{"a":1.0}"#, ofVariable: "MAP") == #"{"a":1.0}"#)
    }

    @Test func `what was typed for nobody else is taken out as a word, and where it is a value`() {
        let redaction = Redaction()
        for input in ["4321", "1 2", "98765#"] { redaction.add(input: input) }
        #expect(redaction.redacted("Got 4321, not 43210 or a4321") == "Got (secret), not 43210 or a4321")
        #expect(
            redaction.redacted(["Pin": "4321", "n": 4321, "m": 14321, "Digits": "98765#"] as JSONValue)
                == ["Pin": "(secret)", "n": "(secret)", "m": 14321, "Digits": "(secret)"])
        #expect(redaction.redacted("12") == "12", "two keys are a menu's")
    }
}
