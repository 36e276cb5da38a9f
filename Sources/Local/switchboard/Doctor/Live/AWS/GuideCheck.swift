import Settings

/// A line that names the Amazon Connect settings that an agent's guide needs, since no call here reveals them.
///
/// It is printed where the instance and SendEmail's senders are known: a guide sends through them. "Customer Profiles",
/// "Agent workspace" and "Security profile permissions" in the Amazon Connect Administrator Guide.
struct GuideCheck: DoctorCheck {
    let settings: LiveSettings

    func findings() async -> [Finding] {
        guard let environment = try? settings.variables.environment(for: "SendEmail"),
            environment["CONNECT_INSTANCE_ARN"] != nil, environment["EMAIL_ALLOWED_SENDERS"] != nil
        else { return [] }
        return [
            .skipped(
                "agent's guide",
                "look in Amazon Connect, the doctor cannot: Customer Profiles must be enabled, agents must work in the "
                    + "agent workspace (the plain CCP shows no guide), and their security profile must allow "
                    + "Agent Applications > Custom views")
        ]
    }
}
