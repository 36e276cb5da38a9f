/// The limits of requests a second, of an account and Region: "Amazon Connect service quotas" in its Administrator Guide.
struct ConnectThrottle {
    private struct Bucket {
        var tokens: Double
        var since: ContinuousClock.Instant
    }

    private static let limits: [String: (perSecond: Double, burst: Double)] = [
        "GetCurrentMetricData": (5, 8), "ListQueues": (2, 5), "ListUsers": (2, 5),
        // The burst is not documented: none above the rate is the stricter reading.
        "GetMetricDataV2": (10, 10),
    ]

    private var buckets: [String: Bucket] = [:]

    /// Takes a request; returns false for one beyond the limit.
    mutating func take(_ operation: String, at now: ContinuousClock.Instant) -> Bool {
        guard let limit = Self.limits[operation] else { return true }
        var bucket = buckets[operation] ?? Bucket(tokens: limit.burst, since: now)
        bucket.tokens = min(limit.burst, bucket.tokens + (now - bucket.since) / .seconds(1) * limit.perSecond)
        bucket.since = now
        let isTaken = bucket.tokens >= 1
        if isTaken { bucket.tokens -= 1 }
        buckets[operation] = bucket
        return isTaken
    }
}
