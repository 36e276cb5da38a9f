import LocalServices

/// The local VoiceIt and the local Twilio, where a variable asks for them: `VOICEIT_BASE_URL`, `TWILIO_MEDIA_HOSTS` and
/// `TWILIO_API_BASE_URL` may be `local`.
struct VoiceServices: Sendable {
    private static let twilioNames = ["TWILIO_MEDIA_HOSTS", "TWILIO_API_BASE_URL"]

    let voiceIt: VoiceItDouble?
    let twilio: TwilioMediaDouble?

    /// Runs `body` with the services that functions with these variables need, and ends them afterwards.
    static func withRunning<Result: Sendable>(
        for variables: [[String: String]], _ body: (VoiceServices) async throws -> Result
    ) async throws -> Result {
        func first(_ name: String) -> String? { variables.lazy.compactMap { $0[name] }.first { !$0.isEmpty } }
        var configuration = TwilioMediaDouble.Configuration()
        configuration.accountSID = first("TWILIO_ACCOUNT_SID") ?? configuration.accountSID
        configuration.authToken = first("TWILIO_AUTH_TOKEN") ?? configuration.authToken
        let needsVoiceIt = variables.contains { $0["VOICEIT_BASE_URL"] == LocalVariables.marker }
        let needsTwilio = variables.contains { values in
            twilioNames.contains { values[$0] == LocalVariables.marker }
        }
        return try await running(
            needsVoiceIt,
            {
                try await VoiceItDouble(
                    key: first("VIAPIKEY") ?? VoiceItDouble.key, token: first("VIAPITOKEN") ?? VoiceItDouble.token)
            },
            stop: { await $0.stop() }
        ) { voiceIt in
            await voiceIt?.account.addLocalUsers()
            // The local VoiceIt has no dashboard for registering phrases.
            for values in variables { await voiceIt?.account.register(values) }
            return try await running(
                needsTwilio, { try await TwilioMediaDouble(configuration) }, stop: { await $0.stop() }
            ) { twilio in
                try await body(VoiceServices(voiceIt: voiceIt, twilio: twilio))
            }
        }
    }

    /// Returns the variables with the local services' addresses, and with VoiceIt's keys where they are missing.
    func resolved(_ variables: [String: String]) -> [String: String] {
        var resolved = variables
        if let voiceIt, variables["VOICEIT_BASE_URL"] == LocalVariables.marker {
            resolved["VOICEIT_BASE_URL"] = voiceIt.url
            if variables["VOICEIT_SECRET_ARN"] == nil {
                resolved = voiceIt.environment.merging(resolved) { $1 }
            }
        }
        for name in Self.twilioNames where variables[name] == LocalVariables.marker {
            resolved[name] = twilio?.url
        }
        return resolved
    }

    private static func running<Service: Sendable, Result: Sendable>(
        _ isNeeded: Bool, _ start: () async throws -> Service, stop: (Service) async -> Void,
        _ body: (Service?) async throws -> Result
    ) async throws -> Result {
        guard isNeeded else { return try await body(nil) }
        let service = try await start()
        do {
            let result = try await body(service)
            await stop(service)
            return result
        } catch {
            await stop(service)
            throw error
        }
    }
}
