package import AWS
package import Calling
package import Settings

/// The address of VoiceIt, and its API key and token.
package struct VoiceItConfiguration: Sendable {
    /// The names of the keys in the secret.
    package static let keyName = "VIAPIKEY"
    package static let tokenName = "VIAPITOKEN"
    /// The variable that names the secret.
    package static let secretName = "VOICEIT_SECRET_ARN"

    /// `VOICEIT_BASE_URL`.
    package var base: Endpoint
    /// `VOICEIT_SECRET_ARN`, or the variables of its keys' names.
    package var secret: KeyedSecret

    package init(base: Endpoint, secret: KeyedSecret) {
        self.base = base
        self.secret = secret
    }

    /// Reads them; AWS's variables too when there is a secret.
    package static var variable: Variable<VoiceItConfiguration> {
        Variable { environment, faults in
            environment.read(
                &faults,
                .optional(
                    "VOICEIT_BASE_URL", default: Endpoint(scheme: "https", authority: "api.voiceit.io"),
                    expecting: Endpoint.outsideExpectation, parse: Endpoint.init(outside:)),
                KeyedSecret.variable(
                    secretName, .init(keyName, "VoiceIt's API key, key_…"),
                    .init(tokenName, "VoiceIt's API token, tok_…"))
            ).map { VoiceItConfiguration(base: $0, secret: $1) }
        }
    }
}
