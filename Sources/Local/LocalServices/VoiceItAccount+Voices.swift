import LambdaRuntime

/// Listening: enrolments and verifications.
extension VoiceItAccount {
    func list(_ id: String) -> Reply {
        guard let enrollments = users[id] else { return Reply(404, "UNFD") }
        let list = enrollments.map { enrollment in
            JSONValue.object([
                "voiceEnrollmentId": .number(enrollment.id), "text": .string(enrollment.phrase),
                "contentLanguage": .string(enrollment.language), "createdAt": .number(1_795_512_600_000),
            ])
        }
        return Reply(200, "SUCC", ["count": .number(list.count), "voiceEnrollments": .array(list)])
    }

    func judge(_ form: MultipartBody?, isEnrollment: Bool) -> Reply {
        guard let form, let id = form["userId"]?.text, let language = form["contentLanguage"]?.text,
            let phrase = form["phrase"]?.text, !phrase.isEmpty, let file = form["recording"], file.filename != nil
        else { return Reply(400, "MISP") }
        guard id.hasPrefix("usr_") else { return Reply(400, "INCP") }
        guard let enrollments = users[id] else { return Reply(404, "UNFD") }
        guard Self.languages.contains(language) else { return Reply(400, "INCP") }
        let recording = LocalRecording(file.bytes)
        if let code = recording.code, code != "SUCC" { return Reply(400, code) }
        guard file.bytes.starts(with: Array("RIFF".utf8)) else { return Reply(400, "SRNR") }
        guard let voice = recording.voice else { return Reply(400, "NEHSD") }
        let ours = enrollments.filter { $0.phrase == phrase && $0.language == language }
        if !isEnrollment, ours.count < Self.requiredEnrollments { return Reply(400, "PNTE") }
        guard (recording.phrase ?? phrase) == phrase else { return Reply(400, "PDNM") }
        guard heard.insert(file.bytes).inserted else { return Reply(400, "RWPU") }
        let text: [String: JSONValue] = ["text": .string(phrase), "textConfidence": .number("97.5")]
        if isEnrollment {
            count += 1
            users[id]?.append(Enrollment(id: count, phrase: phrase, language: language, voice: voice))
            return Reply(201, "SUCC", text.merging(["id": .number(count)]) { $1 })
        }
        let isSame = ours.allSatisfy { $0.voice == voice }
        return Reply(
            200, isSame ? "SUCC" : "FAIL", text.merging(["confidence": .number(isSame ? "91.5" : "12.25")]) { $1 })
    }
}
