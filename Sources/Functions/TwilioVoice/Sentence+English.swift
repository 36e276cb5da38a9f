extension Sentence {
    static let english: [Sentence: String] = [
        .enterCode: "Please enter your code.",
        .wrongCode: "That code is not right. Please enter your code.",
        .noCode: "I did not get a code. Please enter your code.",
        .consent:
            "To recognize you by your voice, we would like to store a voiceprint of you. You can have it deleted at any "
            + "time. Press 1 to agree, or 2 to decline.",
        .consentAgain: "Please press 1 to agree that we store a voiceprint of you, or 2 to decline.",
        .enrollFirst: "Let us get to know your voice. After the tone, please say the following.",
        .enrollNext: "Thank you. After the tone, please say the following.",
        .verify: "Please verify yourself by your voice. After the tone, please say the following.",
        .silence: "I did not hear anything.",
        .unclear: "I could not use that recording. Please speak clearly, in quiet surroundings.",
        .failed: "I could not recognize your voice.",
        .verified: "Thank you, I have recognized your voice.",
        .enrolled: "Thank you, I know your voice now. I am connecting you back.",
        .lockedOut: "I am sorry, there were too many attempts. Please try again later. Goodbye.",
        .declined: "All right, we store no voiceprint of you. Goodbye.",
        .optedOut: "You have chosen not to be recognized by your voice. Goodbye.",
        .tooSilent: "I am sorry, I still cannot hear you. Goodbye.",
        .tooUnclear:
            "I am sorry, I cannot use the recordings of this call. Please try again from another place. Goodbye.",
        .notEnrolled: "I am sorry, there is no voiceprint of you to compare with. Please call again. Goodbye.",
        .unknown: "I am sorry, I cannot match this call. Goodbye.",
        .trouble: "I am sorry, recognizing voices does not work at the moment. Please try again later. Goodbye.",
        .nothingHere: "I am sorry, something is not set up right here. Goodbye.",
        .moment: "One moment, please.",
    ]
}
