package import AWS
package import Calling
package import Settings
import Twilio

/// The Twilio account whose recordings are fetched and deleted.
package enum TwilioAccount {
    /// The keys of the secret.
    package static let sidName = "TWILIO_ACCOUNT_SID"
    package static let tokenName = "TWILIO_AUTH_TOKEN"
    /// The variable that names the secret.
    package static let secretName = "TWILIO_SECRET_ARN"

    /// `TWILIO_SECRET_ARN`, or the variables of its keys' names.
    package static var secret: Variable<KeyedSecret> {
        KeyedSecret.variable(
            secretName,
            .init(
                sidName, "the Twilio account's SID, AC…", expecting: "AC and 32 digits, the account's SID",
                isValid: { $0.hasPrefix("AC") && SID($0) != nil }),
            .init(tokenName, "the Twilio account's auth token"))
    }

    /// The same if one of its variables is set; else nil.
    package static var optionalSecret: Variable<KeyedSecret?> {
        Variable { environment, faults in
            guard [secretName, sidName, tokenName].contains(where: { environment[$0] != nil }) else {
                return .some(nil)
            }
            return secret.read(environment, &faults).map(Optional.some)
        }
    }

    /// `TWILIO_API_BASE_URL`: the API at which recordings are deleted. Default: `https://api.twilio.com`.
    package static var api: Variable<Endpoint> {
        .optional(
            "TWILIO_API_BASE_URL", default: Endpoint(scheme: "https", authority: "api.twilio.com"),
            expecting: Endpoint.outsideExpectation, parse: Endpoint.init(outside:))
    }
}
