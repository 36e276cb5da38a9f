import Alexa
import AWS
import Calling
import Logging
import Settings
import Synchronization

/// The bucket's audio: its playable keys, listed once and cached while fresh, and the URLs of objects.
final class AudioLibrary: Sendable {
    /// The maximum number of cached listings, one for each language.
    private static let maximumListings = 4
    /// The time that a request waits for its listing, and for more of one that has been begun.
    private static let patience = (first: Duration.milliseconds(4800), more: Duration.milliseconds(1500))

    let rules: AudioRules
    private let settings: JokeboxSettings
    private let s3: S3Client
    private let random: RandomSource
    private let now: @Sendable () -> Moment
    private let listings = Mutex<[String: Remembered]>([:])

    private struct Remembered {
        var listing: AudioListing
        let since: Moment
    }

    init(
        settings: JokeboxSettings, s3: S3Client, random: RandomSource,
        now: @escaping @Sendable () -> Moment
    ) {
        self.settings = settings
        rules = settings.rules
        self.s3 = s3
        self.random = random
        self.now = now
    }

    /// Returns a URL by which a device can get an object for `AUDIO_URL_SECONDS`.
    func url(of key: String) -> String {
        s3.presignedURL(bucket: settings.bucket, key: key, expiresIn: settings.urlSeconds)
    }

    /// Returns the playable keys for speakers of a language, at least one.
    ///
    /// Throws what S3 failed with when nothing was found before.
    func keys(for language: String, _ context: SkillContext) async throws(JokeboxError) -> AudioKeys {
        let prefix = rules.prefix(for: language)
        let remembered = fresh(prefix)
        if let remembered, !remembered.listing.canContinue { return remembered.listing.keys }
        var listing = remembered?.listing ?? AudioListing()
        let patience = remembered == nil ? Self.patience.first : Self.patience.more
        // A twentieth is reserved for the response and the table.
        let deadline = min(
            ContinuousClock.now + patience, context.callDeadline - (context.callDeadline - .now) / 20)
        let failure = await listing.continue(deadline: deadline, prefix: prefix, rules: rules, random: random) {
            [s3, settings] after async throws(AWSError) in
            var pages = s3.pages(of: settings.bucket, prefix: prefix, startAfter: after, deadline: deadline)
                .makeAsyncIterator()
            return try await pages.next(isolation: nil) ?? S3Page(objects: [], isLast: true)
        }
        guard listing.keys.count > 0 else {
            if let failure { throw JokeboxError(failure) }
            throw listing.isWhole ? JokeboxError.empty : .slow(nil)
        }
        if let failure, ContinuousClock.now < deadline {
            context.logger.warning(
                "The listing broke off; what was found is played: \(JokeboxError(failure).description)")
        }
        remember(listing, prefix, since: remembered?.since ?? now())
        return listing.keys
    }

    private func fresh(_ prefix: String) -> Remembered? {
        listings.withLock { listings in
            let now = now()
            let lifetime = Duration.seconds(settings.indexSeconds)
            for (prefix, remembered) in listings where now.hasPassed(lifetime, since: remembered.since) {
                listings[prefix] = nil
            }
            return listings[prefix]
        }
    }

    private func remember(_ listing: AudioListing, _ prefix: String, since: Moment) {
        guard settings.indexSeconds > 0 else { return }
        listings.withLock { listings in
            if listings[prefix] == nil, listings.count >= Self.maximumListings,
                let oldest = listings.min(by: { $0.value.since.wall < $1.value.since.wall })?.key
            {
                listings[oldest] = nil
            }
            listings[prefix] = Remembered(listing: listing, since: since)
        }
    }
}
