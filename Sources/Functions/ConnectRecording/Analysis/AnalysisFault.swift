/// The reason for which a file of Contact Lens cannot be used: its message comes again.
enum AnalysisFault: Error, Equatable, CustomStringConvertible {
    /// The file is not a JSON object.
    case notJSON
    /// The file says that it is of another contact than its name does.
    case otherContact
    /// S3 refused the file, or could not be reached: the sentence of the call's error, without the key.
    case unread(String, isAway: Bool)
    /// Salesforce does not have the fields, or does not show them to the function's user.
    case unknownFields

    var description: String {
        switch self {
        case .notJSON: "A file of Contact Lens is no JSON object: look at it in the bucket."
        case .otherContact: "A file of Contact Lens is of another contact than its name says: look at it in the bucket."
        case .unknownFields:
            "Salesforce refused the fields of Contact Lens: deploy those of integrations/salesforce, or set CONTACT_LENS to "
                + "false."
        case .unread(let error, _): "A file of Contact Lens cannot be read: \(error)"
        }
    }

    /// True when another file would have no better luck: S3 is busy or out of reach, or Salesforce lacks the fields.
    var holdsForAll: Bool {
        switch self {
        case .unread(_, let isAway): isAway
        case .unknownFields: true
        case .notJSON, .otherContact: false
        }
    }
}
