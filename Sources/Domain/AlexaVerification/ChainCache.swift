import Calling

/// The chains that verified, by URL: the 32 most recently used.
struct ChainCache {
    static let capacity = 32

    /// The most recently used is last.
    private var entries: [(url: ChainURL, chain: SigningChain, since: Moment)] = []

    var count: Int { entries.count }

    /// Returns the chain cached for the URL; nil, and removed, when its dates do not include `now`, or nobody knows: the
    /// wall clock has gone back.
    mutating func chain(at url: ChainURL, now: Moment) -> SigningChain? {
        guard let index = entries.firstIndex(where: { $0.url == url }) else { return nil }
        let entry = entries.remove(at: index)
        guard let age = now.elapsed(since: entry.since), entry.chain.isValid(at: (entry.since.wall + age) / .seconds(1))
        else { return nil }
        entries.append(entry)
        return entry.chain
    }

    mutating func keep(_ chain: SigningChain, at url: ChainURL, since now: Moment) {
        entries.removeAll { $0.url == url }
        if entries.count == Self.capacity { entries.removeFirst() }
        entries.append((url, chain, now))
    }
}
