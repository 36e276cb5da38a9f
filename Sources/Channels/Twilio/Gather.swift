/// `<Gather>`: takes keys, while it speaks. The next verb runs when no key is pressed.
package struct Gather: Sendable, Equatable {
    /// The speech or pause while keys can be pressed.
    package enum Prompt: Sendable, Equatable {
        case say(Say)
        case pause(Pause)
    }

    package let prompts: [Prompt]
    /// The number of keys of a reply.
    package let numDigits: Int
    /// The time to wait for the next key, in seconds.
    package let timeout: Int
    /// The URL that gets the keys as `Digits`.
    package let action: WebhookURL

    /// Takes 1 to 32 digits and a timeout of 1 to 60 seconds; values outside are clamped.
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
