extension Sentence {
    static let english: [Sentence: String] = [
        .consent:
            "To recognize you by your voice, we would like to store a voiceprint of you. You can have it deleted at any "
            + "time. Press 1 to agree, or 2 to decline.",
        .consentAgain: "Please press 1 to agree that we store a voiceprint of you, or 2 to decline.",
        .enrollFirst: "Let us get to know your voice. After the tone, please say the following.",
        .enrollNext: "Thank you. After the tone, please say the following.",
        .verify: "Please verify yourself by your voice. After the tone, please say the following.",
        .silence: "I did not hear anything.",
        .unclear: "I could not use that recording. Please speak clearly, in quiet surroundings.",
        .tooQuiet: "That was too quiet. Please speak louder.",
        .tooLoud: "That was too loud. Please speak more softly.",
        .pauses: "I did not hear enough of the phrase. Please say it without pauses.",
        .otherWords: "I heard other words. Please say exactly the phrase.",
        .failed: "I could not recognize your voice.",
        .verified: "Thank you, I have recognized your voice.",
        .lockedOut: "I am sorry, there were too many attempts.",
        .declined: "All right, we store no voiceprint of you.",
        .optedOut: "You have chosen not to be recognized by your voice.",
        .tooSilent: "I am sorry, I still cannot hear you.",
        .tooUnclear: "I am sorry, I cannot use the recordings of this call.",
        .noChoice: "I did not get your choice.",
        .unlike: "I am sorry, the recordings do not fit together. We will start over next time.",
        .notEnrolled: "I am sorry, there is no voiceprint of you to compare with.",
        .unknown: "I am sorry, I cannot match this call.",
        .trouble: "I am sorry, recognizing voices does not work at the moment.",
        .nothingHere: "I am sorry, something is not set up right here.",
        .moment: "One moment, please.",
    ]
}
