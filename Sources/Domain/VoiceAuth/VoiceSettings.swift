package import AWS
package import Settings

/// The settings of voice authentication, the same for both of its functions.
package struct VoiceSettings: Sendable {
    package var rules: VoiceRules
    /// `VOICE_TABLE`.
    package var table: String
    /// `VOICE_HASH_SECRET_ARN` [`VOICE_HASH_SECRET`].
    package var hashSecret: KeyedSecret

    /// The variable that names the secret.
    package static let hashSecretName = "VOICE_HASH_SECRET_ARN"

    package init(rules: VoiceRules = VoiceRules(), table: String, hashSecret: KeyedSecret) {
        self.rules = rules
        self.table = table
        self.hashSecret = hashSecret
    }

    /// Reads all settings.
    package static var variable: Variable<VoiceSettings> {
        Variable { environment, faults in
            let rules = VoiceRules.variable.read(environment, &faults)
            let table = VoiceTable.variable.read(environment, &faults)
            let secret = KeyedSecret.variable(
                hashSecretName,
                .init(
                    HashSecret.name, "a long random text, under which numbers are hashed",
                    minimumLength: HashSecret.minimumLength)
            ).read(environment, &faults)
            guard let rules, let table, let secret else { return nil }
            return VoiceSettings(rules: rules, table: table, hashSecret: secret)
        }
    }

    /// Returns the hash with the secret as key; reads the secret from Secrets Manager if it is stored there: once, at
    /// start.
    ///
    /// Throws an `EnvironmentError` when the secret lacks the key, or the `AWSError` of the call.
    package func hash(deadline: ContinuousClock.Instant) async throws -> VoiceHash {
        let secret = HashSecret(hashSecret)
        try await secret.read(deadline: deadline)
        return secret.hash
    }
}

extension VoiceRules {
    /// Reads all settings but `VOICE_PHRASES`.
    static var variable: Variable<VoiceRules> {
        Variable { environment, faults in
            guard
                let (binding, enrollment, proof, recordings, failures, lockout, digits, code, pauses) =
                    environment.read(
                        &faults, .optional("VOICE_AUTH_BINDING", default: Binding.contact),
                        .optional("VOICE_ENROLL", default: Enrollment.open),
                        .optional(
                            "VOICE_PROOF_SECONDS", default: environment["VOICE_AUTH_BINDING"] == "caller-id" ? 10 : 120,
                            in: 1...3600),
                        .optional("VOICE_REQUIRED_ENROLLMENTS", default: 3, in: 1...20),
                        .optional("VOICE_MAX_FAILURES", default: 3, in: 1...100),
                        .optional("VOICE_LOCKOUT_SECONDS", default: 900, in: 1...604_800),
                        .optional("VOICE_CODE_DIGITS", default: 8, in: 6...12),
                        .optional("VOICE_CODE_SECONDS", default: 120, in: 1...3600),
                        .optional("VOICE_CODE_PAUSES", default: 3, in: 0...8))
            else { return nil }
            var rules = VoiceRules()
            rules.binding = binding
            rules.enrollment = enrollment
            rules.proofSeconds = proof
            rules.requiredEnrollments = recordings
            rules.maximumFailures = failures
            rules.lockoutSeconds = lockout
            rules.codeDigits = digits
            rules.codeSeconds = code
            rules.codePauses = pauses
            return rules
        }
    }
}
