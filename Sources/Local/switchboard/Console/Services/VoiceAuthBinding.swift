/// The bond between a contact and its call at Twilio: a value of the variable `VOICE_AUTH_BINDING`.
enum VoiceAuthBinding: String {
    /// The keys that are sent with the transfer.
    case contact
    /// The caller's number.
    case callerID = "caller-id"

    static let variable = "VOICE_AUTH_BINDING"
    /// The stack's parameter.
    static let parameter = "VoiceAuthBinding"
}
