import JSON
import LocalServices
import Testing
import Timeline

/// The events that a function's requests become.
struct OutboundEventsTests {
    private func events(
        _ service: OutboundExchange.Service, _ method: String, _ url: String, _ headers: HTTPFields = [:],
        _ body: JSONValue? = nil, text: String = "", status: Int = 200, answer: String = "{}"
    ) -> [TimelineEvent] {
        let exchange = OutboundExchange(
            service: service, url: url,
            request: HTTPMessage(
                startLine: "\(method) \(url) HTTP/1.1", fields: headers, body: body?.bytes ?? Array(text.utf8)),
            response: HTTPMessage(startLine: "HTTP/1.1 \(status) X", fields: [:], body: Array(answer.utf8)),
            startedAt: "2026-11-29T12:36:00.123Z", milliseconds: 3.2)
        return exchange.events(function: "F", invocation: 7, source: "entry")
    }

    private static func signed(_ service: String, target: String? = nil) -> HTTPFields {
        var fields: HTTPFields = [
            "Authorization":
                "AWS4-HMAC-SHA256 Credential=AK/20261129/eu-central-1/\(service)/aws4_request, Signature=ab"
        ]
        fields["X-Amz-Target"] = target
        return fields
    }

    @Test func `an e-mail is its request and its message, with every part`() throws {
        let input: JSONValue = [
            "FromEmailAddress": "a@example.com", "ConfigurationSetName": "set", "ReplyToAddresses": ["r@example.com"],
            "Destination": ["ToAddresses": ["b@example.net", "c@example.net"]],
            "Content": [
                "Simple": [
                    "Subject": ["Data": "Hi"], "Body": ["Text": ["Data": "text"], "Html": ["Data": "<p>text</p>"]],
                ]
            ],
        ]
        let events = events(
            .aws, "POST", "http://127.0.0.1:1/v2/email/outbound-emails", Self.signed("ses"), input,
            answer: #"{"MessageId":"m-1"}"#)
        try #require(events.count == 2)
        #expect(events[0].title == "SES SendEmail → 200" && events[0].channel == .aws)
        #expect(events[1].channel == .email && events[1].kind == "sent")
        #expect(events[1].title == "E-mail to b@example.net, c@example.net: Hi")
        let expected: JSONValue = [
            "from": "a@example.com", "to": ["b@example.net", "c@example.net"], "replyTo": ["r@example.com"],
            "subject": "Hi", "html": "<p>text</p>", "text": "text", "messageId": "m-1", "configurationSet": "set",
        ]
        #expect(events[1].detail == expected)
        #expect(events.allSatisfy { $0.function == "F" && $0.invocation == 7 && $0.source == "entry" })
        #expect(events.allSatisfy { $0.time == "2026-11-29T12:36:00.123Z" })
    }

    @Test func `a refused e-mail is a request and no message`() {
        let events = events(
            .aws, "POST", "http://h/v2/email/outbound-emails", Self.signed("ses"), ["Content": [:]], status: 400)
        #expect(events.map(\.channel) == [.aws] && events.first?.outcome == .refused)
    }

    @Test func `text messages of SNS and of End User Messaging are told with their parts`() {
        var fields = Self.signed("sns")
        fields["Content-Type"] = "application/x-www-form-urlencoded; charset=utf-8"
        let sns = events(
            .aws, "POST", "http://h/", fields,
            text: "Action=Publish&PhoneNumber=%2B12065550142&Message=Hi+there",
            answer: "<PublishResponse><MessageId>m-2</MessageId></PublishResponse>")
        #expect(sns.last?.channel == .sms && sns.last?.title == "SMS to +12065550142: Hi there")
        let expected: JSONValue = [
            "to": "+12065550142", "text": "Hi there", "parts": 1, "encoding": "GSM-7", "messageId": "m-2",
        ]
        #expect(sns.count == 2 && sns.last?.detail == expected)
        let other = events(
            .aws, "POST", "http://h/", Self.signed("sms-voice", target: "PinpointSMSVoiceV2.SendTextMessage"),
            ["DestinationPhoneNumber": "+1", "MessageBody": "Жук", "OriginationIdentity": "pool"],
            answer: #"{"MessageId":"m-3"}"#)
        #expect(other.last?.detail?["encoding"] == "UCS-2" && other.last?.detail?["from"] == "pool")
    }

    @Test(arguments: [
        ("dynamodb", "DynamoDB_20120810.PutItem", #"{"TableName":"T"}"#, "DynamoDB PutItem T → 200"),
        (
            "secretsmanager", "secretsmanager.GetSecretValue", #"{"SecretId":"arn:aws:secretsmanager:r:1:secret:s-1"}"#,
            "Secrets Manager GetSecretValue s-1 → 200"
        ),
        ("sqs", "AmazonSQS.SendMessage", #"{"QueueUrl":"http://h/1/Q","MessageBody":"b"}"#, "SQS SendMessage Q → 200"),
    ])
    func `requests of AWS are named as people name them`(service: String, target: String, body: String, title: String)
        throws
    {
        let value = try JSONValue(parsing: Array(body.utf8))
        let events = events(.aws, "POST", "http://h/", Self.signed(service, target: target), value)
        #expect(events.first?.title == title)
        #expect(events.count == (service == "sqs" ? 2 : 1))
        #expect(service != "sqs" || events.last?.channel == .queue && events.last?.detail?["body"] == "b")
    }

    @Test func `an e-mail of version 1 of SES is one, too`() throws {
        var fields = Self.signed("email")
        fields["Content-Type"] = "application/x-www-form-urlencoded; charset=utf-8"
        let form =
            "Action=SendEmail&Version=2010-12-01&Source=a%40example.com&Destination.ToAddresses.member.1=b%40example.net"
            + "&Destination.ToAddresses.member.2=c%40example.net&Message.Subject.Data=Hello&Message.Body.Text.Data=Body"
        let answer =
            "<SendEmailResponse><SendEmailResult><MessageId>m1</MessageId></SendEmailResult></SendEmailResponse>"
        let events = events(.aws, "POST", "http://h/", fields, text: form, answer: answer)
        let detail = try #require(events.last { $0.channel == .email }?.detail)
        #expect(events.last?.title == "E-mail to b@example.net, c@example.net: Hello")
        #expect(detail["from"] == "a@example.com" && detail["text"] == "Body" && detail["messageId"] == "m1")
    }

    @Test func `objects of S3 are named by bucket and key, signed or by a URL`() {
        let put = events(.aws, "PUT", "http://h/bucket/a%20b.wav", Self.signed("s3"), text: "x")
        #expect(put.first?.title == "S3 PutObject bucket/a b.wav → 200")
        let get = events(
            .aws, "GET",
            "http://h/bucket/k?X-Amz-Credential=AK%2F20261129%2Fr%2Fs3%2Faws4_request&X-Amz-Signature=secret")
        #expect(get.first?.title == "S3 GetObject bucket/k → 200")
        let list = events(.aws, "GET", "http://h/bucket?list-type=2", Self.signed("s3"))
        #expect(list.first?.title == "S3 ListObjectsV2 bucket → 200")
        for (method, path, name) in [
            ("GET", "/", "ListBuckets "), ("HEAD", "/bucket", "HeadBucket bucket"),
            ("PUT", "/bucket", "CreateBucket bucket"),
            ("GET", "/bucket/", "ListObjects bucket/"), ("HEAD", "/bucket/k", "HeadObject bucket/k"),
        ] {
            let title = events(.aws, method, "http://h\(path)", Self.signed("s3")).first?.title ?? ""
            #expect(title.hasPrefix("S3 \(name)"), "\(method) \(path): \(title)")
        }
    }

    @Test func `Salesforce's requests are reads, writes and sign-ins`() {
        let read = events(.salesforce, "GET", "http://h/services/data/v62.0/query?q=SELECT+Id+FROM+Lead")
        #expect(read.first?.kind == "read" && read.first?.detail?["soql"] == "SELECT Id FROM Lead")
        let write = events(
            .salesforce, "POST", "http://h/services/data/v62.0/sobjects/Lead", [:], ["LastName": "B"], status: 201,
            answer: #"{"id":"00Q","success":true}"#)
        #expect(write.first?.kind == "write" && write.first?.title == "Salesforce: creates Lead → 201")
        #expect(write.first?.detail?["record"] == ["LastName": "B"] && write.first?.detail?["result"]?["id"] == "00Q")
        let composite: JSONValue = [
            "compositeRequest": [
                ["method": "GET", "url": "/services/data/v62.0/query?q=SELECT+Id+FROM+Case"],
                ["method": "PATCH", "url": "/services/data/v62.0/sobjects/Task/1"],
            ]
        ]
        let both = events(.salesforce, "POST", "http://h/services/data/v62.0/composite", [:], composite)
        #expect(both.first?.kind == "write")
        #expect(both.first?.title == "Salesforce: SELECT Id FROM Case, writes Task → 200")
        #expect(both.first?.detail?["soql"] == "SELECT Id FROM Case")
        let signIn = events(
            .salesforce, "POST", "http://h/services/oauth2/token", [:], text: "client_secret=abc",
            answer: #"{"access_token":"t"}"#)
        #expect(signIn.first?.kind == "signIn")
    }

    @Test func `VoiceIt's code and Twilio's path are in the title`() {
        let voice = events(
            .voiceIt, "POST", "http://h/verification/voice", [:], text: "", answer: #"{"responseCode":"FAIL"}"#)
        #expect(voice.first?.title == "VoiceIt: POST /verification/voice (FAIL) → 200")
        let media = events(.twilio, "GET", "http://h/2010-04-01/Recordings/RE1?x=1", status: 404)
        #expect(media.first?.title == "Twilio: GET /2010-04-01/Recordings/RE1 → 404")
        #expect(media.first?.outcome == .refused && media.first?.channel == .twilio)
    }
}
