/// The response to ListObjectsV2, with keys decoded.
struct S3ListResult {
    let objects: [S3Object]
    let isTruncated: Bool
    let nextToken: String?

    /// Reads `<ListBucketResult>`.
    init(parsing document: [UInt8]) throws(S3ListFault) {
        let reader = S3ListReader(expectedBytes: document.count)
        do throws(MalformedXML) { try reader.read(document) } catch { throw .unreadable }
        guard reader.isList, let isTruncated = reader.isTruncated else { throw .unreadable }
        self.isTruncated = isTruncated
        nextToken = reader.nextToken
        objects = try reader.objects()
    }

    /// Throws when the response does not match the request: the listing would never end, or be wrong.
    ///
    /// - Parameters:
    ///   - last: The key after which the page must begin.
    ///   - token: The continuation token of the request.
    func check(asked listing: S3Listing, after last: String, token: String?) throws(S3ListFault) {
        guard objects.count <= listing.pageSize else { throw .tooManyKeys }
        if isTruncated {
            guard let nextToken, !nextToken.isEmpty else { throw .noToken }
            guard nextToken != token else { throw .sameToken }
        }
        var last = last
        for object in objects {
            guard last.utf8.lexicographicallyPrecedes(object.key.utf8) else { throw .outOfOrder }
            guard object.key.utf8.starts(with: listing.prefix.utf8) else { throw .outsidePrefix }
            last = object.key
        }
    }
}

/// The reason why a response is not a page of the requested listing, in the words of the error.
enum S3ListFault: String, Error {
    case unreadable = "the answer cannot be read"
    case tooManyKeys = "the page holds more keys than were asked for"
    case onlyEmptyPages = "too many consecutive pages are empty"
    case noToken = "the page is truncated but has no continuation token"
    case sameToken = "the page would be followed by itself"
    case outOfOrder = "the page repeats keys, or has them out of order"
    case outsidePrefix = "the page holds keys outside the prefix"
}
