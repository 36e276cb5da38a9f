/// The objects of a listing; each iteration lists anew.
package struct S3Objects: AsyncSequence, Sendable {
    package typealias Element = S3Object
    package typealias Failure = AWSError

    let pages: S3Pages

    package func makeAsyncIterator() -> Iterator {
        Iterator(pages: pages.makeAsyncIterator())
    }

    /// Asks for the next page when all objects of the last one were taken.
    package struct Iterator: AsyncIteratorProtocol {
        private var pages: S3Pages.Iterator
        private var page: ArraySlice<S3Object> = []

        fileprivate init(pages: S3Pages.Iterator) {
            self.pages = pages
        }

        package mutating func next(isolation actor: isolated (any Actor)?) async throws(AWSError) -> S3Object? {
            while page.isEmpty {
                guard let next = try await pages.next(isolation: actor) else { return nil }
                page = next.objects[...]
            }
            return page.removeFirst()
        }
    }
}
