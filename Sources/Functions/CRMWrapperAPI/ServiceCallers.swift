import AWS
import Crypto
import Logging
import Salesforce
import Settings
import Synchronization

/// The service callers, from `CRM_CALLERS` or the secret of `CRM_CALLERS_SECRET_ARN`.
///
/// The secret is read at start, and again, at most once in 30 seconds, for a token that neither it nor Salesforce
/// knows: a caller added since works in warm processes too.
final class ServiceCallers: Sendable {
    private let reader: KeyedSecretReader?
    private let known: Mutex<[ServiceCaller]>

    /// - Parameter reader: Nil for the given callers alone.
    init(_ callers: [ServiceCaller] = [], reader: KeyedSecretReader? = nil) {
        self.reader = reader
        known = Mutex(callers)
    }

    /// Reads the secret, if there is one; throws an `EnvironmentError` that lists its faults.
    func prepare(deadline: ContinuousClock.Instant) async throws {
        guard let values = try await reader?.values(deadline: deadline) else { return }
        try take(values)
    }

    var all: [ServiceCaller] { known.withLock(\.self) }

    /// Returns the caller with that token, compared with every caller's in constant time.
    func caller(with token: String) -> ServiceCaller? {
        var found: ServiceCaller?
        for caller in all where ConstantTime.isSame(caller.token.value, token) {
            found = caller
        }
        return found
    }

    /// Returns the caller with a token that was refused, if the secret names one by now.
    func newCaller(
        with token: String, deadline: ContinuousClock.Instant, _ logger: Logger
    ) async -> ServiceCaller? {
        guard let reader else { return nil }
        do {
            let old = try await reader.values(deadline: deadline)
            guard let values = try await reader.values(insteadOf: old, deadline: deadline) else { return nil }
            try take(values)
        } catch {
            // Neither kind of error contains any part of the secret.
            let reason = (error as? AWSError)?.description ?? (error as? EnvironmentError)?.description
            logger.error("CRM_CALLERS were not read again: \(reason ?? "\(type(of: error))")")
            return nil
        }
        return caller(with: token)
    }

    private func take(_ values: KeyedSecret.Values) throws(EnvironmentError) {
        var faults: [String] = []
        guard let callers = ServiceCaller.all(in: values[Self.key.name]?.value ?? "", &faults) else {
            throw EnvironmentError(faults: faults)
        }
        known.withLock { $0 = callers }
    }
}

extension ServiceCallers {
    private static let key = KeyedSecret.Key("CRM_CALLERS", "the callers and their tokens")
    static let secretVariable = "CRM_CALLERS_SECRET_ARN"

    /// Returns true when any are configured: they need the credentials of the service's own sign-in.
    static func areGiven(in environment: Environment) -> Bool {
        environment[key.name] != nil || environment[secretVariable] != nil
    }

    /// Checks, where no secret must be read for it, that each caller has a user to act as: its own, or the service's.
    static var users: Variable<Void> {
        Variable { environment, faults in
            guard environment["SALESFORCE_GRANT"] == SalesforceConfiguration.Grant.jwt.rawValue,
                environment["SALESFORCE_USERNAME"] == nil, environment[SalesforceConfiguration.secretName] == nil,
                environment[secretVariable] == nil, let text = environment[key.name]
            else { return () }
            // `variable` reports what is wrong with the callers themselves.
            var others: [String] = []
            let missing = ServiceCaller.faults(ofUsersMissingIn: ServiceCaller.all(in: text, &others) ?? [])
            faults += missing
            return missing.isEmpty ? () : nil
        }
    }

    /// Reads the variables; a secret is read by `prepare`.
    static var variable: Variable<ServiceCallers> {
        Variable { environment, faults in
            if environment[secretVariable] != nil {
                return KeyedSecret.variable(secretVariable, key).read(environment, &faults).map {
                    ServiceCallers(reader: KeyedSecretReader($0))
                }
            }
            guard let text = environment[key.name] else { return ServiceCallers() }
            return ServiceCaller.all(in: text, &faults).map { ServiceCallers($0) }
        }
    }
}
