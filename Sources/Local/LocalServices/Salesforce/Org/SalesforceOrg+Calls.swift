import Foundation
import JSON

/// The caller of a data call, and the faults before it is carried out.
extension SalesforceOrg {
    /// Handles a data call: the token first, then its fault, then its work.
    func data(
        _ request: HTTPMessage, _ path: String, _ query: String?, _ user: SalesforceUser?
    ) -> SalesforceOrgResponse? {
        guard let user else { return Self.invalidSession }
        let fault = fault(for: request, path) ?? user.fault
        switch fault {
        case .limit: return .error(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.")
        case .busy:
            return .error(503, "SERVER_UNAVAILABLE", "The server is too busy to handle this request: try again later.")
        case .expired:
            tokens[request.bearer ?? ""] = nil
            return Self.invalidSession
        case .html:
            var answer = SalesforceOrgResponse(200)
            answer.page = "<html><body>Down for maintenance</body></html>"
            return answer
        case .drop, .slow, nil: break
        }
        var answer: SalesforceOrgResponse
        do throws(SalesforceFailure) {
            if path.hasPrefix("/services/apexrest/") {
                answer = try apex(request, path, user)
            } else {
                answer = try perform(DataCall(request, path: path, query: query), as: user)
            }
        } catch {
            answer = SalesforceOrgResponse(error.status, .array([error.json]))
        }
        if case .slow(let milliseconds) = fault {
            answer.delay = .milliseconds(milliseconds)
        }
        return fault == .drop ? nil : answer
    }

    private func fault(for request: HTTPMessage, _ path: String) -> SalesforceFault? {
        if let name = request.fields["X-Local-Fault"] { return SalesforceFault(name) }
        guard let index = faults.firstIndex(where: { $0.path.isEmpty || path.contains($0.path) }) else { return nil }
        let fault = faults[index].fault
        faults[index].times -= 1
        if faults[index].times <= 0 {
            faults.remove(at: index)
        }
        return fault
    }

    func user(of request: HTTPMessage) -> SalesforceUser? {
        guard let bearer = request.bearer, let token = tokens[bearer] else { return nil }
        if let expires = token.expires, expires <= configuration.now() {
            tokens[bearer] = nil
            return nil
        }
        return token.user
    }

    static let invalidSession = SalesforceOrgResponse(
        401, .array([SalesforceFailure(401, "INVALID_SESSION_ID", "Session expired or invalid").json]),
        fields: ["WWW-Authenticate": "Token"])
}
