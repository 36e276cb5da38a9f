import Encoding
import JSON
import LocalServices
import TestSupport

extension BackEnd {
    private typealias Request = ScriptedServer.Request
    private typealias Response = ScriptedServer.Response

    private static let account = "001xx000003DGb1AAG"
    private static let codes = [
        "SUCC", "SUCC", "SUCC", "SUCC", "FAIL", "SSTQ", "NSPE", "PDNM", "UNFD", "PNTE", "RWPU", "NVDT", "GERR", "XXXX",
    ]

    /// Returns what the service that the path belongs to answers.
    static func response(to request: ScriptedServer.Request, _ state: inout State) -> ScriptedServer.Response {
        let path = request.target.prefix { $0 != "?" }
        if request.method == "CONNECT" || request.target.hasPrefix("http") { return Response(status: 502, "no proxy") }
        if request["X-Amz-Target"] == "AmazonSQS.SendMessage" { return json(["MessageId": "message-1"]) }
        if let target = request["X-Amz-Target"] {
            let json = (try? JSONValue(parsing: request.body)) ?? [:]
            let (status, body) = state.tables.perform(target.split(separator: ".").last ?? "", json)
            return Response(status: status, headers: [("Content-Type", "application/x-amz-json-1.0")], body: body.bytes)
        }
        if path == "/v2/email/outbound-emails" { return json(["MessageId": "0100-message"]) }
        if path == "/", request.method == "POST" { return sns(request) }
        if path.hasPrefix("/services/") { return salesforce(request, String(path), &state) }
        if path == "/getall" || path == "/createRecord" { return crm(request, &state) }
        if path.hasPrefix("/2010-04-01/") {
            return request.method == "DELETE"
                ? Response(status: 204) : Response(headers: [("Content-Type", "audio/x-wav")], body: recording)
        }
        if ["/users", "/phrases", "/enrollments", "/verification"].contains(where: path.hasPrefix) {
            return voiceIt(request, &state)
        }
        if ["/queues-summary/", "/users-summary/", "/metrics/"].contains(where: path.hasPrefix) {
            return connect(request, String(path))
        }
        return path.contains("/v1/directives") ? Response(status: 204) : s3(request)
    }

    private static func json(_ value: JSONValue, status: Int = 200) -> Response {
        Response(status: status, headers: [("Content-Type", "application/json")], body: value.bytes)
    }

    private static func sns(_ request: Request) -> Response {
        let isPublish = request.text.contains("Action=Publish")
        let body =
            isPublish ? "<MessageId>message-1</MessageId>" : "<isOptedOut>\(request.text.hasSuffix("7"))</isOptedOut>"
        let action = isPublish ? "Publish" : "CheckIfPhoneNumberIsOptedOut"
        return Response("<\(action)Response><\(action)Result>\(body)</\(action)Result></\(action)Response>")
    }

    private static func s3(_ request: Request) -> Response {
        let query = request.target.split(separator: "?").dropFirst().first ?? ""
        let prefix =
            query.split(separator: "&").first { $0.hasPrefix("prefix=") }.map {
                PercentEncoding.decode($0.dropFirst(7))
            } ?? ""
        let keys =
            prefix.contains("CallRecordings")
            ? ["\(prefix)_20261121T10:05_UTC.wav"] : ["a.mp3", "b.m4a", "c.aac", "d.txt"].map { prefix + $0 }
        let contents = keys.map { "<Contents><Key>\(PercentEncoding.encode($0))</Key><Size>1000</Size></Contents>" }
            .joined()
        return Response(
            headers: [("Content-Type", "application/xml")],
            "<ListBucketResult><EncodingType>url</EncodingType><IsTruncated>false</IsTruncated>\(contents)</ListBucketResult>"
        )
    }

    private static func salesforce(_ request: Request, _ path: String, _ state: inout State) -> Response {
        if path.hasSuffix("/oauth2/token") {
            let host = request["Host"] ?? ""
            return json(["access_token": "00Dtoken", "instance_url": .string("http://\(host)"), "token_type": "Bearer"])
        }
        if path.contains("/composite/sobjects") {
            let ids = request.target.split(separator: ",").count
            let count =
                request.method == "DELETE"
                ? ids : (try? JSONValue(parsing: request.body))?["records"]?.array?.count ?? 0
            return json(.array((0..<count).map { _ in row(&state) }))
        }
        if path.hasSuffix("/composite") {
            let parts = (try? JSONValue(parsing: request.body))?["compositeRequest"]?.array ?? []
            let responses = parts.map { part -> JSONValue in
                [
                    "referenceId": part["referenceId"] ?? .null, "httpStatusCode": 200, "httpHeaders": [:],
                    "body": records(&state),
                ]
            }
            return json(["compositeResponse": .array(responses)])
        }
        if path.contains("/query") { return json(records(&state)) }
        if request.method == "GET" { return json(["Id": .string(account)]) }
        return json(["id": .string(account), "success": true, "created": true, "errors": []], status: 201)
    }

    /// Returns the result of one record of a collection: mostly taken, else refused in one of the ways that rows are.
    private static func row(_ state: inout State) -> JSONValue {
        let codes = [
            "FIELD_CUSTOM_VALIDATION_EXCEPTION", "UNABLE_TO_LOCK_ROW", "DUPLICATE_VALUE", "REQUEST_LIMIT_EXCEEDED",
            "STRING_TOO_LONG", "INVALID_CROSS_REFERENCE_KEY",
        ]
        guard Int.random(in: 0..<10, using: &state.generator) == 0 else {
            return ["id": .string("a00xx000003DGb1AAG"), "success": true, "created": false, "errors": []]
        }
        let code = codes.randomElement(using: &state.generator) ?? ""
        return ["success": false, "errors": [["statusCode": .string(code), "message": "m", "fields": []]]]
    }

    private static func records(_ state: inout State) -> JSONValue {
        let count = Int.random(in: 0..<3, using: &state.generator)
        let record: JSONValue = [
            "attributes": ["type": "Lead", "url": "/services/data/v62.0/sobjects/Lead/00Q"], "Id": .string(account),
            "Name": "Ana Silva",
            "Email": "ana@example.net", "CreatedDate": "2026-11-21T10:00:00.000+0000", "File_Name__c": .null,
        ]
        return [
            "totalSize": .number(count), "done": true, "records": .array(Array(repeating: record, count: count)),
        ]
    }

    /// Two queues, an agent, and a value of each metric that is asked for.
    private static func connect(_ request: Request, _ path: String) -> Response {
        if path.hasPrefix("/queues") {
            return json(["QueueSummaryList": [["Id": "q-1", "Name": "Sales"], ["Id": "q-2", "Name": "Support"]]])
        }
        if path.hasPrefix("/users") {
            return json(["UserSummaryList": [["Id": "a-1", "Username": "ana.silva@example.net"]]])
        }
        let body = (try? JSONValue(parsing: request.body)) ?? [:]
        let isPresent = path.hasPrefix("/metrics/current")
        let isOfAgents = body["Groupings"]?.array?.first == "AGENT"
        let metrics = body[isPresent ? "CurrentMetrics" : "Metrics"]?.array ?? []
        let dimensions: JSONValue =
            isPresent
            ? ["Queue": ["Id": "q-1"]] : isOfAgents ? ["AGENT": "a-1"] : ["QUEUE": "q-1", "CHANNEL": "VOICE"]
        return json([
            "DataSnapshotTime": 1_764_000_000,
            "MetricResults": [
                [
                    "Dimensions": dimensions,
                    "MetricInterval": [
                        "StartTime": body["StartTime"] ?? 0, "EndTime": body["EndTime"] ?? 900,
                    ],
                    "Collections": .array(metrics.map { ["Metric": $0, "Value": 3] }),
                ]
            ],
        ])
    }

    private static func crm(_ request: Request, _ state: inout State) -> Response {
        guard request.method == "GET" else {
            return json(["data": ["id": .string(account), "success": true]], status: 201)
        }
        let lead: JSONValue = [
            "Id": .string(account), "Name": "Ana Silva",
            "Email": Bool.random(using: &state.generator) ? "ana@example.net" : .null,
        ]
        return json(["data": ["totalSize": 1, "done": true, "records": [lead]]])
    }

    private static func voiceIt(_ request: Request, _ state: inout State) -> Response {
        let code = codes.randomElement(using: &state.generator) ?? "SUCC"
        let phrase: JSONValue = ["text": "never forget tomorrow is a new day", "contentLanguage": "en-US"]
        let count = Int.random(in: 0..<5, using: &state.generator)
        return json(
            [
                "responseCode": .string(code), "status": 200, "message": "m", "timeTaken": "0.1s",
                "userId": "usr_0123456789abcdef",
                "confidence": .number("93.5"), "text": "never forget tomorrow is a new day", "phrases": [phrase],
                "voiceEnrollments": .array(Array(repeating: phrase, count: count)),
            ], status: request.method == "POST" ? 201 : 200)
    }

    /// Two seconds of a hum, 8,000 samples of 16 bits each.
    private static let recording: [UInt8] = {
        let samples = (0..<16_000).flatMap { index -> [UInt8] in
            let value = Int16(index % 40 * 400 - 8000)
            return [UInt8(truncatingIfNeeded: value), UInt8(truncatingIfNeeded: value >> 8)]
        }
        func little(_ value: Int, _ count: Int) -> [UInt8] {
            (0..<count).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
        }
        return Array("RIFF".utf8) + little(36 + samples.count, 4) + Array("WAVEfmt ".utf8) + little(16, 4)
            + little(1, 2) + little(1, 2)
            + little(8000, 4) + little(16_000, 4) + little(2, 2) + little(16, 2) + Array("data".utf8)
            + little(samples.count, 4) + samples
    }()
}
