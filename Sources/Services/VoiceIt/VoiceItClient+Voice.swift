import HTTPTypes
import JSON

extension VoiceItClient {
    /// The content language of accounts that do without speech-to-text.
    private static var withoutSpeechToText: String { "no-STT" }

    /// Returns the number of the user's enrolments of a phrase in a content language. `GET /enrollments/voice/{userId}`.
    ///
    /// Texts are compared without case. An account with `no-STT` gets no texts: there each enrolment of the language
    /// counts. Throws `.notEnrolled` when there is no such user.
    package nonisolated(nonsending) func enrollmentCount(
        _ userID: String, phrase: String, language: String, deadline: ContinuousClock.Instant
    ) async throws(VoiceItError) -> Int {
        let action = "list of enrolments"
        let answer = try await succeeding(
            VoiceItRequest(action: action, method: .get, path: "/enrollments/voice/\(try segment(userID, action))"),
            deadline: deadline)
        return (answer.json["voiceEnrollments"]?.array ?? []).count { enrollment in
            guard enrollment["contentLanguage"]?.string?.lowercased() == language.lowercased() else { return false }
            guard let text = enrollment["text"]?.string, !text.isEmpty else {
                return language == Self.withoutSpeechToText
            }
            return text.lowercased() == phrase.lowercased()
        }
    }

    /// Adds an enrolment. `POST /enrollments/voice`.
    ///
    /// Returns VoiceIt's verdict on the recording; throws for any fault that is not the recording's.
    package nonisolated(nonsending) func enroll(_ sample: VoiceSample, deadline: ContinuousClock.Instant)
        async throws(VoiceItError) -> VoiceVerdict
    {
        try await judge(sample, "enrolment", "/enrollments/voice", deadline: deadline)
    }

    /// Compares a recording with the user's enrolments. `POST /verification/voice`.
    ///
    /// Returns VoiceIt's verdict on the recording; throws for any fault that is not the recording's.
    package nonisolated(nonsending) func verify(_ sample: VoiceSample, deadline: ContinuousClock.Instant)
        async throws(VoiceItError) -> VoiceVerdict
    {
        try await judge(sample, "verification", "/verification/voice", deadline: deadline)
    }

    private nonisolated(nonsending) func judge(
        _ sample: VoiceSample, _ action: String, _ path: String, deadline: ContinuousClock.Instant
    ) async throws(VoiceItError) -> VoiceVerdict {
        let request = VoiceItRequest(
            action: action, method: .post, path: path,
            fields: [
                ("userId", try segment(sample.userID, action)), ("contentLanguage", sample.language),
                ("phrase", sample.phrase),
            ],
            recording: sample.recording)
        let answer = try await transport.answer(to: request, deadline: deadline)
        guard let code = answer.code else { throw error(answer, request) }
        switch code.meaning {
        case .success:
            guard answer.isSuccess else { throw error(answer, request) }
        case .silence, .askAgain, .failure, .notEnrolled: break
        case .operatorProblem, .unknownOutcome, .other: throw error(answer, request)
        }
        return VoiceVerdict(code, confidence: answer.json["confidence"]?.scalarText.flatMap { Double($0) })
    }
}
