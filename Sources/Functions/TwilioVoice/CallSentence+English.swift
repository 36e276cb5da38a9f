extension CallSentence {
    static let english: [CallSentence: String] = [
        .consent:
            "To recognize you by your voice, we would like to store your voiceprint. You can have it deleted at "
            + "any time. Press 1 to agree, or 2 to decline.",
        .consentAgain: "Please press 1 if we may store your voiceprint, or 2 to decline.",
        .enrollFirst: "Let's get to know your voice. After the tone, please say this phrase.",
        .enrollNext: "Thank you. After the tone, please say this phrase.",
        .verify: "Please confirm who you are with your voice. After the tone, please say this phrase.",
        .silence: "I didn't hear anything.",
        .unclear: "I couldn't use that recording. Please speak clearly, somewhere quiet.",
        .tooQuiet: "That was too quiet. Please speak louder.",
        .tooLoud: "That was too loud. Please speak more softly.",
        .pauses: "I didn't hear enough of the phrase. Please say it without pauses.",
        .otherWords: "I heard something else. Please say exactly this phrase.",
        .failed: "I couldn't recognize your voice.",
        .verified: "Thank you, I have recognized your voice.",
        .lockedOut: "I'm sorry, there were too many attempts.",
        .declined: "All right, we won't store your voiceprint.",
        .optedOut: "You have chosen not to be recognized by your voice.",
        .tooSilent: "I'm sorry, I still can't hear you.",
        .tooUnclear: "I'm sorry, I can't use the recordings of this call.",
        .noChoice: "I didn't get your choice.",
        .unlike: "I'm sorry, the recordings don't match each other. We'll start over next time.",
        .notEnrolled: "I'm sorry, we have no voiceprint of you to compare with.",
        .unknown: "I'm sorry, I can't identify this call.",
        .trouble: "I'm sorry, voice recognition isn't working right now.",
        .nothingHere: "I'm sorry, this service isn't set up correctly.",
        .moment: "One moment, please.",
    ]
}
