import AmazonConnect
import Encoding
import JSON
import LambdaRuntime
import Telephony

/// The validated event: what is asked for, and by whom.
struct CRMRequest: Sendable {
    enum Operation: String, CaseIterable, Sendable {
        case lookup, createCase, createTask
    }

    /// The most characters of a field other than a long text; Salesforce counts in UTF-16.
    static let longestText = 255
    /// The parameters that operations read, which an error may name.
    private static let known: Set<String> = [
        "accountId", "callContactId", "callType", "caseNumber", "contactId", "description", "dueMinutes", "email",
        "idempotencyKey", "operation", "origin", "ownerId", "phone", "priority", "reason", "subject", "type", "whatId",
        "whoId",
    ]

    let operation: Operation
    /// The parameters that are given: an empty one, or null, is not.
    let given: [String: String]
    /// The number that the customer calls from; nil when it is withheld, and for a direct invoke.
    let caller: PhoneNumber?
    /// The call's contact id, from an agent's guide too; empty when there is none.
    let callContactID: String
    let contact: ContactData
    let isDirect: Bool

    /// Throws `Function.InvalidRequest` for a parameter that is not a string, and for an unknown operation.
    init(_ event: ContactFlowEvent) throws {
        var given: [String: String] = [:]
        for name in event.parameters.names.sorted() {
            switch event.parameters[name] ?? .null {
            case .null: break
            case .string(let text): if !text.isEmpty { given[name] = text }
            default:
                let what = Self.known.contains(name) ? "The parameter \(name)" : "A parameter"
                throw FunctionError(.invalidRequest, "\(what) is not a string: pass every parameter as one.")
            }
        }
        guard let operation = Operation(rawValue: given["operation"] ?? Operation.lookup.rawValue) else {
            throw FunctionError(.invalidRequest, "The parameter operation must be lookup, createCase or createTask.")
        }
        self.operation = operation
        self.given = given
        contact = event.contact
        isDirect = event.isDirect
        callContactID = try event.callContactID
        // A guide's contact has no endpoint: its flow passes on the number of the call.
        let address = event.contact.isGuide ? given["phone"] : event.contact.customerEndpoint?.address
        caller = event.isDirect ? nil : PhoneNumber(caller: address)
    }

    subscript(name: String) -> String? { given[name] }
}

extension CRMRequest {
    /// Returns a parameter of at most so many characters; throws `Function.InvalidRequest` for a longer one.
    func text(_ name: String, atMost length: Int = longestText) throws -> String? {
        guard let text = given[name] else { return nil }
        guard text.utf16.count <= length else {
            throw FunctionError(
                .invalidRequest, "The parameter \(name) has over \(length) characters: Salesforce takes no longer one.")
        }
        return text
    }

    /// Returns a parameter that must be given; `purpose` completes "give …" in the error.
    func requiredText(_ name: String, _ purpose: String) throws -> String {
        guard let text = try text(name) else {
            throw FunctionError(.invalidRequest, "The parameter \(name) is missing: give \(purpose).")
        }
        return text
    }

    /// Returns a record's id of 15 or 18 letters and digits, of an object whose key prefix is accepted.
    func id(_ name: String, of objects: String, where isAccepted: (_ prefix: String) -> Bool) throws -> String? {
        guard let id = given[name] else { return nil }
        guard [15, 18].contains(id.utf8.count), id.utf8.allSatisfy(\.isASCIILetterOrDigit),
            isAccepted(String(id.prefix(3)))
        else {
            throw FunctionError(
                .invalidRequest, "The parameter \(name) must be the id of \(objects), of 15 or 18 letters and digits.")
        }
        return id
    }
}
