import HTTPTypes
import LambdaRuntime

extension VoiceItClient {
    /// The user's enrolments. `GET /enrollments/voice/{userId}`.
    ///
    /// Throws `.notEnrolled` when there is no such user.
    package nonisolated(nonsending) func enrollments(_ userID: String, deadline: ContinuousClock.Instant)
        async throws(VoiceItError) -> [VoiceEnrollment]
    {
        let answer = try await list(of: userID, deadline: deadline)
        return (answer.json["voiceEnrollments"]?.array ?? []).map {
            VoiceEnrollment(
                id: $0["voiceEnrollmentId"]?.int, text: $0["text"]?.string, language: $0["contentLanguage"]?.string)
        }
    }

    /// How many enrolments the user has. `GET /enrollments/voice/{userId}`.
    ///
    /// Throws `.notEnrolled` when there is no such user.
    package nonisolated(nonsending) func enrollmentCount(_ userID: String, deadline: ContinuousClock.Instant)
        async throws(VoiceItError) -> Int
    {
        let answer = try await list(of: userID, deadline: deadline)
        guard let count = answer.json["count"]?.int ?? answer.json["voiceEnrollments"]?.array?.count else {
            throw VoiceItError(.unreadable, .unknown, action: "list of enrolments", status: answer.status)
        }
        return max(0, count)
    }

    /// Deletes every enrolment and keeps the user. `DELETE /enrollments/{userId}/all`.
    ///
    /// Throws `.notEnrolled` when there is no such user.
    package nonisolated(nonsending) func deleteEnrollments(_ userID: String, deadline: ContinuousClock.Instant)
        async throws(VoiceItError)
    {
        let action = "deletion of the enrolments"
        _ = try await succeeding(
            VoiceItRequest(action: action, method: .delete, path: "/enrollments/\(try segment(userID, action))/all"),
            deadline: deadline)
    }

    /// Adds an enrolment. `POST /enrollments/voice`.
    ///
    /// Answers what VoiceIt makes of the recording; throws what is not about the recording.
    package nonisolated(nonsending) func enroll(_ sample: VoiceSample, deadline: ContinuousClock.Instant)
        async throws(VoiceItError) -> VoiceVerdict
    {
        try await judge(sample, "enrolment", "/enrollments/voice", deadline: deadline)
    }

    /// Compares a recording with the user's enrolments. `POST /verification/voice`.
    ///
    /// Answers what VoiceIt makes of the recording; throws what is not about the recording.
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
        case .askAgain, .failure, .notEnrolled: break
        case .operatorProblem, .other: throw error(answer, request)
        }
        return VoiceVerdict(code, confidence: answer.json["confidence"]?.scalarText.flatMap { Double($0) })
    }

    private nonisolated(nonsending) func list(of userID: String, deadline: ContinuousClock.Instant)
        async throws(VoiceItError) -> VoiceItAnswer
    {
        let action = "list of enrolments"
        return try await succeeding(
            VoiceItRequest(action: action, method: .get, path: "/enrollments/voice/\(try segment(userID, action))"),
            deadline: deadline)
    }
}
