import HTTPEvents
import JSON
import Salesforce

/// A request's body: a JSON object of at most 1 MiB.
enum RequestBody {
    /// The largest body, in bytes.
    static let largest = 1 << 20

    /// Returns the object's members; `expectation` is the message for a caller who sends anything else.
    static func members(
        of event: HTTPEvent, expecting expectation: String
    ) throws(WrapperError) -> [(name: String, value: RawJSON)] {
        guard event.content.count <= largest else { throw .requestTooLarge }
        guard let members = (try? RawJSON(checking: event.body))?.members else { throw .invalid(expectation) }
        return members
    }

    /// Returns a member that may be given once; null counts as absent.
    static func member(_ name: String, of members: [(name: String, value: RawJSON)]) throws(WrapperError) -> RawJSON? {
        let values = members.filter { $0.name == name }
        guard values.count <= 1 else { throw .invalid("\(name) is given twice.") }
        return values.first.flatMap { $0.value.isNull ? nil : $0.value }
    }
}
