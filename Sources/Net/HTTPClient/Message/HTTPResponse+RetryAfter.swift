package import HTTPTypes

extension HTTPResponse {
    /// `Retry-After` in whole seconds, from 0 to a day; nil when there is none, or a date.
    package var retryAfter: Duration? {
        headerFields[.retryAfter].flatMap { Int($0) }.map { .seconds(min(max(0, $0), 86_400)) }
    }
}
