import Encoding
import Settings

extension SalesforceError {
    /// True when Salesforce could not read the request's body, such as a text in the place of a number.
    package var isUnreadableBody: Bool { status == 400 && code == "JSON_PARSER_ERROR" }

    /// The column of the body that Salesforce could not read: `… at [line:1, column:N]`; nil when it names none.
    var column: Int? {
        guard isUnreadableBody, let message = message?.value else { return nil }
        let parts = Array(message.utf8)
        let mark = Array("column:".utf8)
        guard parts.count > mark.count,
            let start = (0...(parts.count - mark.count)).last(where: { parts[$0...].starts(with: mark) })
        else { return nil }
        let digits = parts[(start + mark.count)...].drop { $0 == UInt8(ascii: " ") }.prefix(while: \.isASCIIDigit)
        return Int(String(decoding: digits, as: UTF8.self))
    }

    /// Returns true when Salesforce names one of these fields, as one that the object lacks or the user does not see.
    package func names(anyOf fields: [APIName]) -> Bool {
        let named = Set(self.fields.map { $0.lowercased() })
        let text = message?.value ?? ""
        return fields.contains { named.contains($0.text.lowercased()) || text.containsBytes(of: $0.text) }
    }
}
