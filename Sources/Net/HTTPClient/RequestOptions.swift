/// What one call may do and take, beside its deadline.
package struct RequestOptions: Sendable {
    /// What becomes of an answer that points elsewhere (301, 302, 303, 307, 308 with a Location).
    package enum Redirects: Sendable {
        /// It is the answer.
        case returned
        /// It is followed, at most `maximum` times, and never from https to http.
        ///
        /// To another origin only the headers that describe content go along, and no body.
        case followed(maximum: Int)
    }

    /// The largest body to read, in bytes after decompression; a larger one is `.answerTooLarge`. 1 MiB by default.
    package var maximumBodyBytes: Int
    /// `.returned` by default.
    package var redirects: Redirects
    /// Whether to ask for a compressed answer and unpack it. A caller that sets Accept-Encoding itself gets raw bytes.
    package var decompresses: Bool
    /// The longest that a kept connection may have been idle to be used again, by the wall clock or the continuous one.
    ///
    /// Keep it below the server's own patience: a server that closes an idle connection while a frozen Lambda cannot
    /// see it makes the next call fail with an unknown outcome. 30 s by default.
    package var maximumIdle: Duration

    package init(
        maximumBodyBytes: Int = 1 << 20, redirects: Redirects = .returned, decompresses: Bool = false,
        maximumIdle: Duration = .seconds(30)
    ) {
        self.maximumBodyBytes = maximumBodyBytes
        self.redirects = redirects
        self.decompresses = decompresses
        self.maximumIdle = maximumIdle
    }
}
