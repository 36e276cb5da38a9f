extension RecordingPlace {
    /// Returns the key of a contact record's `Location`, `bucket/key` with or without `s3://`, in any case, before it, if it may be played:
    /// nil for any other bucket, folder or kind.
    package func playable(location: String) -> String? {
        var path = location.utf8[...]
        if path.prefix(5).elementsEqual("s3://".utf8, by: { $0 | 0x20 == $1 | 0x20 }) { path = path.dropFirst(5) }
        guard path.starts(with: "\(bucket)/".utf8) else { return nil }
        let key = path.dropFirst(bucket.utf8.count + 1)
        return playable(String(Substring(key)))
    }

    /// The day in the folder of a key, `…/2026/11/21/name`; nil for a key without one.
    package static func day(in key: String) -> Day? {
        let folders = key.split(separator: "/", omittingEmptySubsequences: false).dropLast().suffix(3)
        return Day(folders.map(String.init))
    }
}
