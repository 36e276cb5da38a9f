/// The pages of a listing; each iteration lists again.
package struct S3Pages: AsyncSequence, Sendable {
    package typealias Element = S3Page
    package typealias Failure = AWSError

    let client: AWSClient
    let listing: S3Listing
    let deadline: ContinuousClock.Instant

    package func makeAsyncIterator() -> Iterator {
        Iterator(client: client, listing: listing, deadline: deadline)
    }

    /// Requests a page at a time; after the last one, or a failure, there are none.
    ///
    /// S3 may send pages without keys before the last one: they are skipped.
    package struct Iterator: AsyncIteratorProtocol {
        /// The maximum number of empty pages in a row.
        private static let mostEmptyPages = 100

        private let client: AWSClient
        private let listing: S3Listing
        private let deadline: ContinuousClock.Instant
        private var token: String?
        /// The key after which the next page must begin.
        private var lastKey: String
        private var hasEnded = false

        fileprivate init(client: AWSClient, listing: S3Listing, deadline: ContinuousClock.Instant) {
            self.client = client
            self.listing = listing
            self.deadline = deadline
            lastKey = listing.startAfter ?? ""
        }

        package mutating func next(isolation actor: isolated (any Actor)?) async throws(AWSError) -> S3Page? {
            guard !hasEnded else { return nil }
            hasEnded = true
            var result = try await ask()
            var emptyPages = 0
            while result.isTruncated, result.objects.isEmpty {
                token = result.nextToken
                emptyPages += 1
                result = try await ask(mayBeEmpty: emptyPages < Self.mostEmptyPages)
            }
            if result.isTruncated {
                token = result.nextToken
                lastKey = result.objects.last?.key ?? lastKey
                hasEnded = false
            }
            return S3Page(objects: result.objects, isLast: !result.isTruncated)
        }

        private func ask(mayBeEmpty: Bool = true) async throws(AWSError) -> S3ListResult {
            let request = try listing.request(token: token)
            let answer = try await client.answer(to: request, deadline: deadline)
            do throws(S3ListFault) {
                let result = try S3ListResult(parsing: answer.body)
                try result.check(asked: listing, after: lastKey, token: token)
                guard mayBeEmpty || !result.isTruncated || !result.objects.isEmpty else { throw .onlyEmptyPages }
                return result
            } catch {
                throw .unreadable(request, answer, because: error.rawValue)
            }
        }
    }
}

/// The response of one ListObjectsV2.
package struct S3Page: Sendable {
    /// In key order; at most as many as were asked for.
    package let objects: [S3Object]
    /// True when the listing ends here.
    package let isLast: Bool

    package init(objects: [S3Object], isLast: Bool) {
        self.objects = objects
        self.isLast = isLast
    }
}
