import Settings

/// The check of text message settings that carriers would drop silently, since no response of AWS reveals them.
///
/// "Supported countries and regions" in the AWS End User Messaging SMS User Guide.
struct TextSettingsCheck: DoctorCheck {
    static let subject = "SMS settings"

    let settings: LiveSettings

    func findings() async -> [Finding] {
        guard let environment = try? settings.variables.environment(for: "SendSMS") else { return [] }
        let countries = (environment["SMS_ALLOWED_COUNTRY_CODES"] ?? environment["SMS_DEFAULT_COUNTRY_CODE"])
            .map { $0.split(separator: ",").map { $0.filter { !$0.isWhitespace } } }
        guard let countries else {
            return [.skipped(Self.subject, "set SMS_ALLOWED_COUNTRY_CODES, the countries that messages go to")]
        }
        let isSNS = environment["SMS_PROVIDER"].map { $0 == "sns" } ?? true
        var findings: [Finding] = []
        if Self.have(countries, "1"), environment["SMS_ORIGINATION"] == nil {
            findings.append(
                .mend(
                    Self.subject,
                    "country code 1 takes no sender id: register a toll-free or 10DLC number there and give it in "
                        + "SMS_ORIGINATION"))
        }
        if Self.have(countries, "91"), isSNS {
            findings.append(
                .mend(
                    Self.subject,
                    "country code 91 wants the entity and template that are registered in India, which SendSMS gives SNS "
                        + "none of: set SMS_PROVIDER=end-user-messaging with an origination for India, or leave 91 out")
            )
        }
        return findings.isEmpty ? [.ok(Self.subject, "fit the countries")] : findings
    }

    /// Returns true when messages may go to a country; `*` allows every one.
    private static func have(_ countries: [String], _ code: String) -> Bool {
        countries.contains(code) || countries.contains("*")
    }
}
