import HTTPTypes
import JSON

/// The code and the reason in an error response, whichever of AWS's protocols it is in.
///
/// JSON services put the code in `x-amzn-ErrorType`, `__type` or `code`, SNS and S3 in XML.
struct AWSFault: Equatable {
    var code = ""
    var reason: String?
    /// The region of the bucket, according to S3.
    var region: String?

    /// No fault.
    init() {}

    init(head: HTTPResponse, body: [UInt8]) {
        region = head.headerFields[.amzBucketRegion].flatMap(Self.region)
        if body.first(where: { !isSpace($0) }) == UInt8(ascii: "<") {
            guard let root = try? XMLElement(parsing: body) else { return }
            // SNS: <ErrorResponse><Error><Code>, or with <Errors> around it; S3: <Error><Code>.
            let error = root["Error"] ?? root["Errors"]?["Error"] ?? root
            code = Self.bare(error["Code"]?.text ?? "")
            region = region ?? error["Region"].flatMap { Self.region($0.text) }
        } else {
            let fields = try? JSONText.decode(JSONFields.self, from: body)
            code = Self.bare(
                head.headerFields[.amzErrorType] ?? fields?.type ?? fields?.code ?? fields?.capitalisedCode ?? "")
            reason = (fields?.reason ?? fields?.capitalisedReason).map(Self.bare)
        }
    }

    /// True when the code may mean that the signature's time is off.
    ///
    /// Some services have one code for that and for a wrong key, so the response's `Date` decides.
    var mayBeOfTime: Bool { Self.timeCodes.contains(code) }

    /// The difference between a signature's time and the service's that the SDKs leave alone. Most services accept 5
    /// minutes, S3 15.
    static let acceptedDifference = Duration.seconds(240)

    /// The codes by which the AWS SDKs recognise a clock that is off (aws-sdk-js-v3, service-error-classification).
    private static let timeCodes: Set<String> = [
        "AuthFailure", "InvalidSignatureException", "RequestExpired", "RequestInTheFuture", "RequestTimeTooSkewed",
        "SignatureDoesNotMatch",
    ]

    /// `Code` of `namespace#Code:http://…`; empty unless it is a plain name, since it is printed.
    private static func bare(_ text: String) -> String {
        let code = text.split(separator: ":").first.map { $0.split(separator: "#").last ?? $0 } ?? ""
        let name = code.filter { !$0.isWhitespace }
        return name.utf8.count <= 128
            && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) }
            ? name : ""
    }

    /// A region's name; nil for anything else, since it is printed.
    private static func region(_ text: String) -> String? {
        (1...32).contains(text.utf8.count) && text.utf8.allSatisfy(AWSConfiguration.isInRegionName) ? text : nil
    }

    private struct JSONFields: Decodable {
        var type: String?
        var code: String?
        var capitalisedCode: String?
        var reason: String?
        var capitalisedReason: String?

        enum CodingKeys: String, CodingKey {
            case type = "__type"
            case code = "code"
            case capitalisedCode = "Code"
            case reason = "reason"
            case capitalisedReason = "Reason"
        }

        /// Members of an unexpected type count as absent: the others are still useful.
        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            type = try? container.decode(String.self, forKey: .type)
            code = try? container.decode(String.self, forKey: .code)
            capitalisedCode = try? container.decode(String.self, forKey: .capitalisedCode)
            reason = try? container.decode(String.self, forKey: .reason)
            capitalisedReason = try? container.decode(String.self, forKey: .capitalisedReason)
        }
    }
}

private func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0d).contains(byte) || [0xef, 0xbb, 0xbf].contains(byte)
}
