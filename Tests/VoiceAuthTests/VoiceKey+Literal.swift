@testable import VoiceAuth

/// Keys of tests are what they are called; those of the code come from `VoiceHash` alone.
extension VoiceKey: ExpressibleByStringInterpolation {
    public init(stringLiteral text: String) { self.init(text) }
}
