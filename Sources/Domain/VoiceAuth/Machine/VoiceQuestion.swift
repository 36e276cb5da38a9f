/// The question that a recording replies to.
package struct VoiceQuestion: Sendable, Equatable {
    package var step: VoiceStep
    /// The VoiceIt user to enrol or verify with.
    package var userID: String
    /// True when the caller has hung up since.
    package var isHungUp: Bool

    package init(step: VoiceStep, userID: String, isHungUp: Bool = false) {
        self.step = step
        self.userID = userID
        self.isHungUp = isHungUp
    }
}
