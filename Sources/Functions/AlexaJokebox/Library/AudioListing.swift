import AWS

/// The progress of listing one prefix: the playable keys found so far, and the ranges that are left.
///
/// Up to eight requests run at once, on ranges that are divided at guessed points (`KeyRange.divided`): S3 needs 50 to
/// 150 ms for a page of 1,000 keys, and a hundred of them in sequence would exceed Alexa's time limit. But S3 knows no
/// end of a page, so each point may cost a page: one that overlaps with the next range, or finds nothing. There is one
/// point for every five requests, so that a listing takes at most a quarter more pages than hold its keys, whatever the
/// keys look like; a page that has passed its range is used for the ranges after it as far as they have not been begun.
///
/// If time or memory runs out first, the keys found are a sample of several stretches of the bucket, since the ranges
/// start at random points; a later invocation continues where this one stopped, unless the listing has reached
/// `maximumBytes`.
struct AudioListing: Sendable {
    /// The maximum size of the keys of one listing. A listing that would take more stays a sample.
    static let maximumBytes = 16 << 20
    /// The maximum number of requests at once.
    static let breadth = 8
    /// The number of requests for each point at which a range is divided.
    private static let requestsPerPoint = 5
    /// The number of pages after which points are guessed far ahead, too.
    private static let pagesOfNearPoints = 16

    private(set) var keys = AudioKeys()
    /// The ranges left to list; empty when the listing is whole.
    private(set) var pending = [KeyRange()]
    private var alphabet = KeyAlphabet()
    /// The numbers of pages read, and of points at which ranges were divided.
    private var (pages, points) = (0, 0)

    /// True when every key of the prefix has been seen.
    var isWhole: Bool { pending.isEmpty }

    /// True when continuing can find more keys.
    var canContinue: Bool { !isWhole && keys.byteCount < Self.maximumBytes }

    /// The result of one request.
    private struct Outcome: Sendable {
        let range: KeyRange
        let result: Result<S3Page, AWSError>
    }

    /// Lists until no range is left, or `deadline`, or memory ends it; the keys found are kept in any case.
    ///
    /// Returns the failure that ended it early: one of S3's, or that of a request still under way at the deadline.
    mutating func `continue`(
        deadline: ContinuousClock.Instant, prefix: String, rules: AudioRules, random: RandomSource,
        page: @escaping @Sendable (_ after: String?) async throws(AWSError) -> S3Page
    ) async -> AWSError? {
        var state = self
        let failure = await withTaskGroup(of: Outcome.self) { group -> AWSError? in
            var failure: AWSError?
            var running = 0
            var found: [AudioKeys.Run] = []
            var bytes = state.keys.byteCount
            func begin() {
                guard failure == nil, ContinuousClock.now < deadline, bytes < Self.maximumBytes else { return }
                while running < Self.breadth, !state.pending.isEmpty {
                    let range = state.pending.remove(at: random.below(state.pending.count))
                    running += 1
                    group.addTask {
                        do throws(AWSError) {
                            return Outcome(range: range, result: .success(try await page(range.after)))
                        } catch {
                            return Outcome(range: range, result: .failure(error))
                        }
                    }
                }
            }
            begin()
            while let outcome = await group.next() {
                running -= 1
                switch outcome.result {
                case .success(let page):
                    let run = state.take(
                        page, of: outcome.range, running: running, prefix: prefix, rules: rules, random: random)
                    bytes += run.byteCount
                    found.append(run)
                case .failure(let error):
                    failure = failure ?? error
                    state.pending.append(outcome.range)
                }
                begin()
            }
            state.keys.insert(found)
            return failure
        }
        self = state
        return failure
    }

    /// Puts back the rest of a range, perhaps divided for one more request, and returns the playable keys.
    private mutating func take(
        _ page: S3Page, of range: KeyRange, running: Int, prefix: String, rules: AudioRules, random: RandomSource
    ) -> AudioKeys.Run {
        pages += 1
        let end = passed(range, page)
        let mine = end.map { end in page.objects.prefix { KeyRange(end: end).contains($0.key) } } ?? page.objects[...]
        alphabet.add(mine.lazy.map(\.key), prefix: prefix)
        if !page.isLast, mine.count == page.objects.count, let first = mine.first, let last = mine.last,
            let rest = pending.firstIndex(where: { $0.begins(after: last.key) })
        {
            // The first point comes after two pages.
            let isDue = points < (pages + 3) / Self.requestsPerPoint && running + pending.count < Self.breadth
            let isNear = pages < Self.pagesOfNearPoints
            if isDue,
                let halves = pending[rest].divided(
                    prefix: prefix, first: first.key, alphabet, isNear: isNear, random)
            {
                points += 1
                pending[rest] = halves.0
                pending.append(halves.1)
            }
        }
        return AudioKeys.Run(mine.lazy.filter { rules.isPlayable($0) }.map(\.key))
    }

    /// Puts back what a page has left of its range and of the ranges after it that no request has been made for; returns
    /// the end of what the page counts for, nil for the end of the prefix.
    private mutating func passed(_ range: KeyRange, _ page: S3Page) -> String? {
        let last = page.isLast ? nil : page.objects.last?.key
        var range = range
        while true {
            if let last, range.contains(last) {
                if !range.ends(at: last) { pending.append(KeyRange(after: last, end: range.end)) }
                return range.end
            }
            guard let end = range.end, let next = pending.firstIndex(where: { $0.begins(after: end) }) else {
                return range.end
            }
            range = pending.remove(at: next)
        }
    }
}
