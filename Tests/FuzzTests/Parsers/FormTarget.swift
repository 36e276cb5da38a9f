import Encoding
import Foundation
import HTTPEvents
import JSON
import Twilio

extension ParserTarget {
    /// Form bodies: read as a byte-wise reader would, written and read again as the same, and signed and verified as the same.
    static let forms = ParserTarget(
        name: "forms",
        tokens: [
            "From=", "&To=%2B1", "CallSid=CA0123", "&Digits=", "RecordingSid=", "%", "%2", "%2B", "%C3%A9", "%E2%80%8C",
            "+%CC%81",
            "&&", "==", "&=", "=&", "%26", "%3D", "%00", "%ff",
        ],
        seeds: {
            try ProjectFiles.events(of: "TwilioVoice").compactMap { event in
                (try? HTTPEvent(parsing: event.event))?.body
            }.filter { !$0.isEmpty }
                + ["a=1&b=%20+%2B&c&=d".utf8, "From=%2B12065550142&To= \u{200C}".utf8].map { Array($0) }
        },
        check: checkForm)

    private static func checkForm(_ input: [UInt8]) throws {
        guard let pairs = parameters(of: input) else { throw Finding("a form is not taken for one") }
        let expected = input.split(separator: UInt8(ascii: "&")).map { pair -> [String] in
            let cut = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
            return [decoded(pair[..<cut]), decoded(pair[cut...].dropFirst())]
        }
        try Finding.unless(
            same(pairs.map { [$0.name, $0.value] }, expected), "a form is read in another way than byte by byte")
        let written = PercentEncoding.form(pairs)
        let kept = pairs.filter { !$0.name.isEmpty || !$0.value.isEmpty }
        let again = (parameters(of: Array(written.utf8)) ?? []).filter { !$0.name.isEmpty || !$0.value.isEmpty }
        try Finding.unless(
            same(again.map { [$0.name, $0.value] }, kept.map { [$0.name, $0.value] }),
            "a form that was written is read as another")
        try Finding.unless(
            !written.utf8.contains { $0 == 0x20 || $0 >= 0x80 }, "a form has a byte that must be escaped")
        // The first ones will do: of thousands the last are as likely to be odd.
        for text in pairs.prefix(50).flatMap({ [$0.name, $0.value] }) {
            for encoded in [PercentEncoding.encode(text), PercentEncoding.encode(text, keepingSlashes: true)] {
                try Finding.unless(
                    Array(PercentEncoding.decode(encoded).utf8) == Array(text.utf8), "a text is not decoded as encoded")
            }
            let shortest = PercentEncoding.encodeShortest(text)
            try Finding.unless(
                Array(PercentEncoding.decode(shortest, plusIsSpace: true).utf8) == Array(text.utf8),
                "a query is not decoded as encoded")
            let once = PercentEncoding.encodeOnce(text)
            try Finding.unless(PercentEncoding.encodeOnce(once) == once, "encoding once is not once")
        }
        try checkSignature(input, pairs)
    }

    private static func checkSignature(_ input: [UInt8], _ pairs: [(name: String, value: String)]) throws {
        // Bytes that are not UTF-8 are signed as they are, and Twilio sends none.
        guard let base = PublicBaseURL(parsing: "https://voice.example.com/prod"),
            !pairs.contains(where: { ($0.name + $0.value).unicodeScalars.contains("\u{FFFD}") })
        else { return }
        let url = "https://voice.example.com/prod/voice/incoming"
        let signature = WebhookSignatureVerifier.text(of: url, pairs, token: "token")
        let headers: HTTPHeaders = [
            "X-Twilio-Signature": signature, "Content-Type": "application/x-www-form-urlencoded",
        ]
        var event = HTTPEvent(method: "POST", path: "/voice/incoming", headers: headers, body: input)
        let verifier = WebhookSignatureVerifier(base: base)
        try Finding.unless(verifier.verified(event, token: "token") != nil, "a signed form is refused")
        event.body = input + Array("&Another=1".utf8)
        let isNew = !pairs.contains { $0.name == "Another" && $0.value == "1" }
        try Finding.unless(
            !isNew || verifier.verified(event, token: "token") == nil, "a parameter was added to a signed form")
    }

    private static func parameters(of body: [UInt8]) -> [(name: String, value: String)]? {
        HTTPEvent(method: "POST", headers: ["Content-Type": "application/x-www-form-urlencoded"], body: body)
            .formParameters
    }

    /// Compares texts by their bytes: Swift's `==` takes composed and decomposed characters for the same.
    private static func same(_ one: [[String]], _ other: [[String]]) -> Bool {
        one.count == other.count
            && zip(one, other).allSatisfy { $0.map { Array($0.utf8) } == $1.map { Array($0.utf8) } }
    }

    private static func decoded(_ bytes: ArraySlice<UInt8>) -> String {
        var result: [UInt8] = []
        var rest = bytes
        while let byte = rest.popFirst() {
            let digits = rest.prefix(2)
            if byte == UInt8(ascii: "%"), digits.count == 2, digits.allSatisfy({ isxdigit(Int32($0)) != 0 }),
                let escaped = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
            {
                result.append(escaped)
                rest = rest.dropFirst(2)
            } else {
                result.append(byte == UInt8(ascii: "+") ? 0x20 : byte)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
