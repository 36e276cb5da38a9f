/// The options of one call, beside its deadline.
package struct RequestOptions: Sendable {
    /// The largest body to read, in bytes after decompression; a larger one is `.answerTooLarge`. 1 MiB by default.
    package var maximumBodyBytes: Int
    /// Asks for a compressed response and unpacks it. A caller that sets Accept-Encoding itself gets raw bytes.
    package var decompresses: Bool
    /// The longest idle time after which a kept connection is reused, by the wall clock or the continuous one.
    ///
    /// Keep it below the server's own idle timeout: a server that closes an idle connection while a frozen Lambda
    /// cannot see it makes the next call fail with an unknown outcome. 30 s by default.
    package var maximumIdle: Duration

    package init(
        maximumBodyBytes: Int = 1 << 20, decompresses: Bool = false, maximumIdle: Duration = .seconds(30)
    ) {
        self.maximumBodyBytes = maximumBodyBytes
        self.decompresses = decompresses
        self.maximumIdle = maximumIdle
    }
}
