/// What joins a contact and its call at Twilio, as the variable `VOICE_AUTH_BINDING` has it.
enum VoiceAuthBinding: String {
    /// The keys that are sent with the transfer.
    case contact
    /// The caller's number.
    case callerID = "caller-id"

    static let variable = "VOICE_AUTH_BINDING"
    /// The stack's parameter.
    static let parameter = "VoiceAuthBinding"
}
