/// A ListObjectsV2 response in S3's form.
enum S3ListXML {
    /// - Parameters:
    ///   - keys: The keys in the document: percent-encoded, unless `encodingType` is nil.
    ///   - nextToken: Makes the page a truncated one.
    static func page(
        _ keys: [String], nextToken: String? = nil, isTruncated: Bool? = nil, encodingType: String? = "url"
    ) -> String {
        let objects = keys.map {
            """
            <Contents><Key>\($0)</Key><LastModified>2026-10-12T17:50:30.000Z</LastModified>\
            <ETag>&quot;fba9dede5f27731c9771645a39863328&quot;</ETag><ChecksumAlgorithm>CRC64NVME</ChecksumAlgorithm>\
            <ChecksumType>FULL_OBJECT</ChecksumType><Size>434234</Size><StorageClass>STANDARD</StorageClass></Contents>
            """
        }
        let encoding = encodingType.map { "<EncodingType>\($0)</EncodingType>" } ?? ""
        let token = nextToken.map { "<NextContinuationToken>\($0)</NextContinuationToken>" } ?? ""
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>recordings</Name><Prefix></Prefix>\
            \(token)<KeyCount>\(keys.count)</KeyCount><MaxKeys>1000</MaxKeys>\(encoding)\
            <IsTruncated>\(isTruncated ?? (nextToken != nil))</IsTruncated>\(objects.joined())</ListBucketResult>
            """
    }
}
