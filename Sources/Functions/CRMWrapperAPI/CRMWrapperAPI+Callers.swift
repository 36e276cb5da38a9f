import HTTPEvents
import JSON
import LambdaRuntime
import Logging
import Salesforce
import Settings

/// The identity that a request acts under.
extension CRMWrapperAPI {
    /// API Gateway gives up after 29 or 30 seconds, whatever time the function has.
    private static let longestCall = Duration.seconds(27)

    /// Does the work under the identity of the credentials, or throws 401.
    ///
    /// An unknown token may belong to a service caller added a minute ago: it is looked up in the secret once more. A
    /// request refused with 401 was not carried out, so a repeat is safe.
    func asking(
        _ event: HTTPEvent, _ context: LambdaContext,
        _ work: (SalesforceCall) async throws(WrapperError) -> HTTPEventResponse
    ) async throws(WrapperError) -> HTTPEventResponse {
        let call = SalesforceCall(
            deadline: min(context.callDeadline, .now + Self.longestCall), logger: context.logger)
        switch CallerCredentials(event.headers) {
        case .password(let name, let password) where crm.exchangesPasswords:
            return try await work(call.acting(as: .user(name: name, password: password)))
        case .token(let token):
            if let caller = callers.caller(with: token.value) { return try await work(acting(call, caller)) }
            let refusal: WrapperError
            do throws(WrapperError) {
                guard crm.configuration.instance != nil else { throw .unauthorized(advice) }
                return try await work(call.acting(as: .bearer(token)))
            } catch {
                refusal = error
            }
            guard refusal.status == 401,
                let caller = await callers.newCaller(with: token.value, deadline: call.deadline, context.logger)
            else { throw refusal }
            return try await work(acting(call, caller))
        case .password, nil: throw .unauthorized(advice)
        }
    }

    private var advice: String {
        crm.exchangesPasswords
            ? "Send the CRM user's name and password as Basic credentials."
            : "Send a CRM access token, or a service caller's token, as Bearer credentials."
    }

    /// Returns the call for a service caller, whose name is in the log, its token never.
    private func acting(_ call: SalesforceCall, _ caller: ServiceCaller) -> SalesforceCall {
        var call = call.acting(as: caller.identity(by: crm.configuration.grant))
        call.logger?[metadataKey: "caller"] = .string(caller.name)
        call.logger?.info("A service caller is served")
        return call
    }
}

extension SalesforceCall {
    fileprivate func acting(as identity: Identity) -> SalesforceCall {
        var call = self
        call.identity = identity
        return call
    }
}
