import Console
import Foundation
import JSON
import LocalServices

extension ConsoleAPI {
    /// The policy of an e-mail's HTML: no script, nothing from elsewhere, and a document of its own without an origin.
    private static let mailPolicy =
        "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"

    func inbox(_ request: ConsoleRequest) async throws -> LocalResponse {
        guard request.method == "GET" else { return Self.notFound }
        let arrivals = try await run.start.services().backEnds.arrivals()
        switch request.path.count {
        case 1:
            return LocalResponse(
                200,
                [
                    "emails": .array(arrivals.emails.map(described)), "texts": .array(arrivals.texts.map(described)),
                ])
        case 3 where request.path[2] == "html":
            guard let html = arrivals.emails.first(where: { $0.messageID == request.path[1] })?.html else {
                return Self.notFound
            }
            var page = LocalResponse(200, type: "text/html; charset=utf-8", Array(html.utf8))
            page.fields["Content-Security-Policy"] = Self.mailPolicy
            return page
        default: return Self.notFound
        }
    }

    private func described(_ mail: Moto.Email) -> JSONValue {
        .members([
            "id": .string(mail.messageID), "from": .string(mail.from), "to": .array(mail.to.map(JSONValue.string)),
            "cc": Self.list(mail.cc), "bcc": Self.list(mail.bcc), "replyTo": Self.list(mail.replyTo),
            "subject": .string(mail.subject), "text": mail.text.map(JSONValue.string),
            "html": mail.html.map(JSONValue.string), "hasHTML": .bool(mail.html != nil),
            "size": .number(mail.size), "time": mail.time.map(JSONValue.string),
        ])
    }

    /// Returns the addresses; nil for none.
    private static func list(_ addresses: [String]) -> JSONValue? {
        addresses.isEmpty ? nil : .array(addresses.map(JSONValue.string))
    }

    private func described(_ text: Moto.TextMessage) -> JSONValue {
        let form = TextMessageForm(text.text)
        return .members([
            "id": .string(text.messageID), "to": .string(text.to), "from": text.from.map(JSONValue.string),
            "text": .string(text.text), "parts": .number(form.parts), "encoding": .string(form.encoding),
            "length": .number(text.text.count), "time": text.time.map(JSONValue.string),
        ])
    }
}
