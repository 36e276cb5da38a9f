import AWS

/// The progress of listing one prefix: the playable keys found so far, and the ranges that are left.
///
/// Eight requests run at once, on ranges that are divided again whenever one has ended (`KeyRange.pieces`): S3 needs 50
/// to 150 ms for a page of 1,000 keys, and a hundred of them in sequence would exceed Alexa's time limit. When time or
/// memory runs out first, the keys found are a sample of all stretches of the bucket, since the ranges start at random
/// points; a later invocation continues where this one stopped, unless the listing has reached `maximumBytes`.
struct AudioListing: Sendable {
    /// The maximum size of the keys of one listing. A listing that would take more stays a sample.
    static let maximumBytes = 16 << 20
    /// The number of requests at once.
    static let breadth = 8
    /// The maximum number of characters remembered for dividing ranges.
    private static let alphabetLimit = 512

    private(set) var keys = AudioKeys()
    /// The ranges left to list; empty when the listing is whole.
    private(set) var pending = [KeyRange()]
    private var alphabet: Set<Unicode.Scalar> = []

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
                    let idle = Self.breadth - running - state.pending.count
                    let run = state.take(
                        page, of: outcome.range, idle: idle, prefix: prefix, rules: rules, random: random)
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

    /// Puts back the rest of a range, divided for idle requests, and returns the playable keys.
    private mutating func take(
        _ page: S3Page, of range: KeyRange, idle: Int, prefix: String, rules: AudioRules, random: RandomSource
    ) -> AudioKeys.Run {
        let mine = page.objects.prefix { range.contains($0.key) }
        if !page.isLast, mine.count == page.objects.count, let first = mine.first, let last = mine.last {
            for index in stride(from: 0, to: mine.count, by: 50) where alphabet.count < Self.alphabetLimit {
                alphabet.formUnion(mine[index].key.unicodeScalars)
            }
            pending += KeyRange(after: last.key, end: range.end)
                .pieces(idle, prefix: prefix, first: first.key, alphabet: alphabet.sorted(), random)
        }
        return AudioKeys.Run(mine.lazy.filter { rules.isPlayable($0) }.map(\.key))
    }
}
