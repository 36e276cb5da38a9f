import LambdaRuntime

/// How the time of one webhook is shared out. Twilio gives up after 15 s; the caller hears nothing meanwhile.
struct WebhookTime {
    /// When the answer must be on its way.
    let end: ContinuousClock.Instant
    private let total: Duration
    private let start: ContinuousClock.Instant

    private static let longest = Duration.seconds(9)

    init(start: ContinuousClock.Instant, _ context: LambdaContext) {
        self.start = start
        end = min(context.callDeadline, start + Self.longest)
        total = max(end - start, .zero)
    }

    /// Until when a recording that another webhook uses may be waited for, and the table may take over one of our own: the
    /// rest is for its deletion.
    var claim: ContinuousClock.Instant { start + total * 0.9 }
    /// Until when the recording may be fetched: the rest is VoiceIt's and the table's.
    var media: ContinuousClock.Instant { start + total * 0.45 }
    /// Until when VoiceIt may take.
    var voiceIt: ContinuousClock.Instant { start + total * 0.85 }
}
