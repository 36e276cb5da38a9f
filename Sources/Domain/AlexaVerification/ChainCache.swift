/// The chains that verified, by URL: the 32 most recently used.
struct ChainCache {
    static let capacity = 32

    /// The most recently used is last.
    private var entries: [(url: ChainURL, chain: SigningChain)] = []

    var count: Int { entries.count }

    /// Returns the chain cached for the URL; nil, and removed, when its dates do not include `now`.
    mutating func chain(at url: ChainURL, now: Double) -> SigningChain? {
        guard let index = entries.firstIndex(where: { $0.url == url }) else { return nil }
        let entry = entries.remove(at: index)
        guard entry.chain.isValid(at: now) else { return nil }
        entries.append(entry)
        return entry.chain
    }

    mutating func keep(_ chain: SigningChain, at url: ChainURL) {
        entries.removeAll { $0.url == url }
        if entries.count == Self.capacity { entries.removeFirst() }
        entries.append((url, chain))
    }
}
