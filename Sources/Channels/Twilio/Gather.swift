/// `<Gather>`: takes keys, while it speaks. It goes on behind itself when nobody presses one.
package struct Gather: Sendable, Equatable {
    /// What can be heard meanwhile.
    package enum Prompt: Sendable, Equatable {
        case say(Say)
        case pause(Pause)
    }

    package let prompts: [Prompt]
    /// How many keys make an answer.
    package let numDigits: Int
    /// How long to wait for the next key.
    package let timeout: Int
    /// Gets the keys as `Digits`.
    package let action: WebhookURL

    /// Takes 1 to 32 digits and a timeout of 1 to 60 seconds; what lies beyond becomes the nearest.
    package init(_ prompts: [Prompt], numDigits: Int, timeout: Int = 5, action: WebhookURL) {
        self.prompts = prompts
        self.numDigits = min(max(numDigits, 1), 32)
        self.timeout = min(max(timeout, 1), 60)
        self.action = action
    }

    var element: TwiMLElement {
        var element = TwiMLElement(
            "Gather",
            [
                ("input", "dtmf"), ("numDigits", "\(numDigits)"), ("timeout", "\(timeout)"), ("action", action.text),
                ("method", "POST"),
            ])
        element.children = prompts.map { prompt in
            switch prompt {
            case .say(let say): say.element
            case .pause(let pause): pause.element
            }
        }
        return element
    }
}
