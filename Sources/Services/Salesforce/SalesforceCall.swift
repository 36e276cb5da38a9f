package import Logging
package import Settings

/// The identity, the deadline and the options of a call.
package struct SalesforceCall: Sendable {
    /// The user whose rights the call has.
    package enum Identity: Sendable {
        /// The service's own user, by the configured grant.
        case service
        /// Another user, by that name, for whom the service signs in; the grant must be `jwt`.
        /// `setting` names the place of the name, for the log.
        case onBehalf(of: Redacted<String>, setting: String)
        /// A user by name and password, exchanged for a token by the password grant.
        case user(name: Redacted<String>, password: Redacted<String>)
        /// A token that the caller brought, used at `SALESFORCE_INSTANCE_URL` unchanged.
        case bearer(Redacted<String>)
    }

    package var identity: Identity
    /// The version to use instead of the configured one.
    package var version: APIVersion?
    package var deadline: ContinuousClock.Instant
    /// The owner of records that are created or changed; nil leaves it to the org's assignment rules.
    package var assignment: RecordAssignment?
    /// The requests that are left, for calls that somebody waits for; nil is without a limit.
    package var budget: RequestBudget?
    /// The logger for the line with the org's API usage; nil logs nothing.
    package var logger: Logger?

    package init(
        as identity: Identity = .service, version: APIVersion? = nil, deadline: ContinuousClock.Instant,
        budget: RequestBudget? = nil, logger: Logger? = nil
    ) {
        self.identity = identity
        self.version = version
        self.deadline = deadline
        self.budget = budget
        self.logger = logger
    }
}
