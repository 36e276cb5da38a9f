import Alexa
import Calling
import Encoding
import HTTPClient
import HTTPTypes
import JSON
import Settings

/// A client of the CRM's wrapper API.
struct CRMClient: Sendable {
    /// The header that keeps assignment rules from giving a new lead to anyone but its speaker.
    private static let assignment = HTTPField.Name("Sforce-Auto-Assign")

    let base: Endpoint
    let http: CurlClient
    let topLeadPath: String

    init(base: Endpoint, http: CurlClient, scope: LeadScope = .mine) {
        self.base = base
        self.http = http
        topLeadPath = "/getall?q=\(PercentEncoding.encode(scope.topLeadQuery))"
    }

    /// The identity of a request.
    enum Credentials: Sendable {
        /// The user's own token, from account linking.
        case token(String)
        /// The account shared by all users.
        case account(CRMAccount)
    }

    /// Returns the lead to work on; nil when there is none.
    func topLead(_ credentials: Credentials, deadline: ContinuousClock.Instant) async throws(CRMError) -> TopLead? {
        let answer: (head: HTTPResponse, body: [UInt8])
        do throws(HTTPClientError) {
            let request = request(.get, topLeadPath, credentials)
            answer = try await http.send(request, deadline: deadline)
        } catch {
            throw error.code == .timedOut ? .slow : .down
        }
        guard answer.head.status.code == 200 else { throw refusal(answer.head, answer.body, credentials) }
        guard let json = try? JSONValue(parsing: answer.body), let data = json["data"],
            let records = data["records"]?.array ?? data.array
        else { throw .down }
        guard let lead = records.first else { return nil }
        guard let name = lead["Name"]?.string else { throw .down }
        let email = lead["Email"]?.string.flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
        return TopLead(name: name, email: email)
    }

    /// Creates a lead and returns its id, empty where the CRM's response does not say.
    ///
    /// Throws `.unconfirmed` when it may have been created nevertheless.
    func create(
        _ lead: NewLead, _ credentials: Credentials, deadline: ContinuousClock.Instant
    ) async throws(CRMError) -> String {
        var request = request(.post, "/createRecord", credentials)
        request.headerFields.set(.contentType, to: "application/json")
        if let name = Self.assignment { request.headerFields.set(name, to: "FALSE") }
        let body = JSONValue.members([
            "data": .members([
                "FirstName": lead.firstName.map(JSONValue.string), "LastName": .string(lead.lastName),
                "Company": .string(lead.company),
            ])
        ])
        let answer: (head: HTTPResponse, body: [UInt8])
        do throws(HTTPClientError) {
            answer = try await http.send(request, body: body.bytes, deadline: deadline)
        } catch {
            if error.outcome == .unknown { throw .unconfirmed }
            throw error.code == .timedOut ? .slow : .down
        }
        let json = try? JSONValue(parsing: answer.body)
        let id = json?["data"]?["id"]?.string
        switch answer.head.status.code {
        case 201: return id ?? ""
        case 200..<300:
            guard let id, json?["data"]?["success"]?.bool != false else { throw .unconfirmed }
            return id
        // After these statuses the request may have succeeded: only the way back is known to have failed.
        case 408, 500: throw .unconfirmed
        case 502 where !Self.isUndone(json), 504 where !Self.isUndone(json): throw .unconfirmed
        default: throw refusal(answer.head, answer.body, credentials)
        }
    }

    /// Returns true when the wrapper says that the CRM has done nothing: by the CRM's own code, or `CRM_NOT_DONE`. A server
    /// before the wrapper has no code.
    private static func isUndone(_ json: JSONValue?) -> Bool {
        guard let code = json?["error"]?["code"]?.string, !code.isEmpty else { return false }
        return code != "CRM_UNAVAILABLE" && code != "CRM_TIMEOUT"
    }

    private func request(_ method: HTTPRequest.Method, _ path: String, _ credentials: Credentials) -> HTTPRequest {
        var request = HTTPRequest(
            method: method, scheme: base.scheme, authority: base.authority, path: base.basePath + path)
        request.headerFields.set(.accept, to: "application/json")
        switch credentials {
        case .token(let token): request.headerFields.set(.authorization, to: "Bearer \(token)")
        case .account(.caller(let token)): request.headerFields.set(.authorization, to: "Bearer \(token.value)")
        case .account(.user(let name, let password)): request.authenticate(user: name, password: password.value)
        }
        return request
    }

    private func refusal(_ head: HTTPResponse, _ body: [UInt8], _ credentials: Credentials) -> CRMError {
        let code = (try? JSONValue(parsing: body))?["error"]?["code"]?.string ?? ""
        switch head.status.code {
        case 401:
            if case .token = credentials { return .tokenRefused }
            return .accountRefused
        case 403: return .forbidden
        case 400 where code == "DUPLICATES_DETECTED" || code == "DUPLICATE_VALUE": return .duplicate
        case 400 where code == "REQUIRED_FIELD_MISSING": return .missingField
        case 400, 413: return .notAccepted
        case 504, 408: return .slow
        default: return .down
        }
    }
}

/// The lead to work on; personal data.
struct TopLead: Sendable, Equatable {
    let name: String
    /// Nil when the CRM has none.
    let email: String?
}
