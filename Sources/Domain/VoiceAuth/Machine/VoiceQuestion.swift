/// What a recording is an answer to.
package struct VoiceQuestion: Sendable, Equatable {
    package var step: VoiceStep
    /// The VoiceIt user to enrol or verify with.
    package var userID: String
    /// Whether the caller has hung up since.
    package var isHungUp: Bool

    package init(step: VoiceStep, userID: String, isHungUp: Bool = false) {
        self.step = step
        self.userID = userID
        self.isHungUp = isHungUp
    }
}
