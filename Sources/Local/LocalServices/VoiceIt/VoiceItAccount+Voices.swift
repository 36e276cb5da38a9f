import JSON
import Settings
import VoiceIt

/// Enrolments and verifications.
extension VoiceItAccount {
    /// The number of enrolments of a phrase that a verification needs: `PNTE`, "phrase needs three enrollments".
    private static let requiredEnrollments = 3
    /// The length of a recording in milliseconds, silence included. Upper limit: "recording length > 5.0s", NodeJS SDK,
    /// createVoiceEnrollmentTestCases.js; lower: "Media File Formatting" in the API's documentation.
    private static let lengths = 1200...5000
    /// Milliseconds of speech without a long pause, from the same page.
    private static let requiredSpeech = 1300

    func list(_ id: String) -> VoiceItReply {
        guard let enrollments = users[id] else { return VoiceItReply("UNFD") }
        let list = enrollments.map { enrollment in
            JSONValue.object([
                "voiceEnrollmentId": .number(enrollment.id),
                "text": .string(Self.written(enrollment.phrase, in: enrollment.language)),
                "contentLanguage": .string(enrollment.language), "createdAt": .number(1_795_512_600_000),
            ])
        }
        return VoiceItReply("SUCC", ["count": .number(list.count), "voiceEnrollments": .array(list)])
    }

    /// Returns the text in the form of VoiceIt's transcript: the Go SDK's voiceit2_test.go expects a capital. No
    /// document says what `no-STT` returns, where nothing is transcribed; here it is an empty string.
    private static func written(_ phrase: String, in language: String) -> String {
        language == "no-STT" ? "" : phrase.prefix(1).uppercased() + phrase.dropFirst()
    }

    func judge(_ form: MultipartBody?, isEnrollment: Bool) -> VoiceItReply {
        guard let form, let id = form["userId"]?.text, let language = form["contentLanguage"]?.text,
            let phrase = form["phrase"]?.text, !phrase.isEmpty, let file = form["recording"], file.filename != nil
        else { return VoiceItReply("MISP") }
        guard id.hasPrefix("usr_") else { return VoiceItReply("INCP") }
        guard let enrollments = users[id] else { return VoiceItReply("UNFD") }
        if let code = phrases.refusal(of: phrase, in: language) { return VoiceItReply(code) }
        // EMPF and IFAD: createVoiceEnrollmentTestCases.js.
        guard !file.bytes.isEmpty else { return VoiceItReply("EMPF") }
        guard let wave = WaveFile(file.bytes) else { return VoiceItReply("IFAD") }
        guard wave.milliseconds <= Self.lengths.upperBound else { return VoiceItReply("SRNR") }
        guard let activity = VoiceActivity(wave) else { return VoiceItReply("IFAD") }
        // A users' report: silence is NVDT, "no voice detected".
        guard wave.milliseconds >= Self.lengths.lowerBound, activity.longest > 0 else { return VoiceItReply("NVDT") }
        let recording = LocalRecording(file.bytes)
        if let code = recording.code, code != "SUCC" { return VoiceItReply(code) }
        guard activity.longest >= Self.requiredSpeech else { return VoiceItReply("NEHSD") }
        let voice = recording.voice ?? LocalRecording.unknownVoice
        let ours = enrollments.filter { VoiceItPhrases.isSame($0.phrase, phrase) && $0.language == language }
        if !isEnrollment, ours.count < Self.requiredEnrollments { return VoiceItReply("PNTE") }
        // Without speech to text, the words are not compared.
        guard language == "no-STT" || VoiceItPhrases.isSame(recording.phrase ?? phrase, phrase) else {
            return VoiceItReply("PDNM")
        }
        guard heard.insert(Self.number(wave)).inserted else { return VoiceItReply("RWPU") }
        let text: [String: JSONValue] = [
            "text": .string(Self.written(phrase, in: language)),
            "textConfidence": .number(language == "no-STT" ? "0" : "97.5"),
        ]
        let isSame = ours.allSatisfy { $0.voice == voice }
        guard isEnrollment else {
            return VoiceItReply(
                isSame ? "SUCC" : "FAIL",
                text.merging(["confidence": .number(isSame ? "91.5" : "12.25")]) { $1 })
        }
        // The web SDK's prompts.js: an enrolment must be similar to the earlier ones.
        guard isSame else { return VoiceItReply("NSPE") }
        count += 1
        users[id]?.append(Enrollment(id: count, phrase: phrase, language: language, voice: voice))
        return VoiceItReply("SUCC", status: 201, text.merging(["id": .number(count)]) { $1 })
    }

    /// Returns a number of the samples: the same recording is recognised under another header.
    private static func number(_ wave: WaveFile) -> Int {
        wave.bytes.withUnsafeBytes { bytes in
            var hasher = Hasher()
            hasher.combine(bytes: UnsafeRawBufferPointer(rebasing: bytes[wave.samples]))
            return hasher.finalize()
        }
    }

    func listPhrases(_ language: String) -> VoiceItReply {
        switch phrases.list(language) {
        // getPhrasesTestCases.js of the NodeJS SDK.
        case .failure(let refusal): return VoiceItReply(refusal.code)
        case .success(let texts):
            let list = texts.map {
                JSONValue.object(["text": .string($0), "contentLanguage": .string(language)])
            }
            return VoiceItReply("SUCC", ["count": .number(list.count), "phrases": .array(list)])
        }
    }
}
