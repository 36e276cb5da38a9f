import Synchronization

/// The difference between the services' clocks and this machine's, kept once a service has refused a request for its time.
///
/// A request is signed for minutes only: where the wall clock is off by more, every service refuses everything, and says in
/// `Date` what time it is. The AWS SDKs correct their clocks in the same way ("clock skew", AWS SDKs and Tools Reference
/// Guide; the codes in aws-sdk-js-v3's service-error-classification).
package final class ClockCorrection: Sendable {
    /// The correction that everything in this process shares: there is one wall clock.
    package static let ofProcess = ClockCorrection()
    /// The age at which a difference is forgotten: clocks drift, and are set.
    package static let lifetime = Duration.seconds(86_400)

    private let kept = Mutex<(difference: Duration, since: Moment)?>(nil)

    package init() {}

    /// Returns the time to add to the wall clock; zero where none is known, also once the wall clock has gone back.
    func difference(at now: Moment) -> Duration {
        kept.withLock { kept in
            guard let value = kept else { return .zero }
            if now.hasPassed(Self.lifetime, since: value.since) { kept = nil }
            return kept?.difference ?? .zero
        }
    }

    func keep(_ difference: Duration, since now: Moment) {
        kept.withLock { $0 = (difference, now) }
    }
}

extension CallTiming {
    /// The time to add to the wall clock for the services' time.
    package var difference: Duration { correction.difference(at: moment) }

    /// Returns true when a service's clock explains that it has refused a request: sign it again, with the difference that is
    /// kept from here on.
    ///
    /// - Parameters:
    ///   - time: The `Date` of the response, in time since 1970; nil, for none that can be trusted, explains nothing.
    ///   - used: The difference that the request was signed with.
    ///   - tolerance: The difference that services accept.
    package func isCorrected(by time: Duration?, signedWith used: Duration, tolerance: Duration) -> Bool {
        guard let time else { return false }
        let now = moment
        let off = time - (now.wall + used)
        guard max(off, .zero - off) > tolerance else { return false }
        correction.keep(time - now.wall, since: now)
        return true
    }
}
