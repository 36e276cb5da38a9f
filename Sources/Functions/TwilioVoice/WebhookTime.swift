import LambdaRuntime

/// The deadlines of one webhook. Twilio gives up after 15 s; the caller hears nothing meanwhile.
struct WebhookTime {
    /// The time by which the response must be sent.
    let end: ContinuousClock.Instant
    /// The deadline for fetching the recording, all retries included.
    let media: ContinuousClock.Instant
    /// Deadline for VoiceIt calls: VoiceIt's own samples show 7.7 s.
    let voiceIt: ContinuousClock.Instant
    /// The deadline for waiting for a recording that another webhook uses, and for calls to the table: the rest is for
    /// the deletion.
    let table: ContinuousClock.Instant

    private static let longest = Duration.milliseconds(12_900)

    /// Divides 12.9 s, so that the response is sent before the thirteenth: 4 s for the media, until 12.2 s for VoiceIt;
    /// a shorter time is divided in the same proportions.
    init(start: ContinuousClock.Instant, _ context: LambdaContext) {
        end = min(context.callDeadline, start + Self.longest)
        let part = max(end - start, .zero) / 129
        media = start + part * 40
        voiceIt = start + part * 122
        table = start + part * 126
    }
}
