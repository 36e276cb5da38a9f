/// The reason why a file of Contact Lens cannot be used: its message comes again.
enum AnalysisFault: Error, Equatable, CustomStringConvertible {
    /// The file is not a JSON object.
    case notJSON
    /// The file says that it is of another contact than its name does.
    case otherContact
    /// S3 refused the file, or could not be reached: the sentence of the call's error, without the key.
    case unread(String, isAway: Bool)

    var description: String {
        switch self {
        case .notJSON: "A file of Contact Lens is no JSON object: look at it in the bucket."
        case .otherContact: "A file of Contact Lens is of another contact than its name says: look at it in the bucket."
        case .unread(let error, _): "A file of Contact Lens cannot be read: \(error)"
        }
    }

    /// True when S3 is busy or out of reach, so that another file would have no better luck.
    var isAway: Bool {
        if case .unread(_, let isAway) = self { isAway } else { false }
    }
}
