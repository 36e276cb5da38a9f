import LambdaRuntime

/// How the time of one webhook is shared out. Twilio gives up after 15 s; the caller hears nothing meanwhile.
struct WebhookTime {
    /// When the answer must be on its way.
    let end: ContinuousClock.Instant
    /// Until when the recording may be fetched, with all tries.
    let media: ContinuousClock.Instant
    /// Until when VoiceIt may take: its own samples show 7.7 s.
    let voiceIt: ContinuousClock.Instant
    /// Until when a recording that another webhook uses may be waited for, and the table be asked: the rest is for the
    /// deletion.
    let table: ContinuousClock.Instant

    private static let longest = Duration.milliseconds(12_900)

    /// Shares out 12.9 s, so that the answer is there by the thirteenth: 4 s for the media, until 12.2 s for VoiceIt; of a shorter time the same parts.
    init(start: ContinuousClock.Instant, _ context: LambdaContext) {
        end = min(context.callDeadline, start + Self.longest)
        let part = max(end - start, .zero) / 129
        media = start + part * 40
        voiceIt = start + part * 122
        table = start + part * 126
    }
}
