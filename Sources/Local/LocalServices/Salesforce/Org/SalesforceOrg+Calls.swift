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
        if let refusal = fault?.refusal { return SalesforceOrgResponse(refusal.status, .array([refusal.json])) }
        switch fault {
        case .expired:
            tokens[request.bearer ?? ""] = nil
            return Self.invalidSession
        case .html:
            var answer = SalesforceOrgResponse(200)
            answer.page = "<html><body>Down for maintenance</body></html>"
            return answer
        default: break
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
        if case .status(let status)? = fault {
            answer = SalesforceOrgResponse(status, .array([SalesforceFault.failure(status).json]))
        }
        let pace = paces.filter { $0.key.isEmpty || path.contains($0.key) }.values.max().map {
            Duration.milliseconds($0)
        }
        answer.delay = [answer.delay, fault?.delay, pace].compactMap { $0 }.max()
        return fault == .drop ? nil : answer
    }

    private func fault(for request: HTTPMessage, _ path: String) -> SalesforceFault? {
        if let name = request.fields["X-Local-Fault"] { return SalesforceFault(name) }
        return fault(path, inComposite: false) {
            Self.readable(request.path) + "\n" + Self.readable(String(decoding: request.body, as: UTF8.self))
        }
    }

    /// Returns the fault that waits for the call, and counts it.
    func fault(_ path: String, inComposite: Bool, _ content: () -> String) -> SalesforceFault? {
        guard
            let index = faults.firstIndex(where: { $0.isInComposite == inComposite && $0.meets(path, content()) })
        else { return nil }
        let fault = faults[index].fault
        if faults[index].times != .max { faults[index].times -= 1 }
        if faults[index].times <= 0 {
            faults.remove(at: index)
        }
        return fault
    }

    /// Returns the text with its percent-encoded characters decoded, as far as they are some.
    static func readable(_ text: String) -> String {
        text.replacing("+", with: "%2B").removingPercentEncoding ?? text
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
