package import AWS
package import Calling
import Crypto
package import Settings

/// The address of Salesforce, and the grant to sign in by.
package struct SalesforceConfiguration: Sendable {
    /// `SALESFORCE_GRANT`: the OAuth grant by which the service signs in as itself.
    package enum Grant: String, CaseIterable, Sendable {
        case clientCredentials = "client_credentials"
        case jwt
        case password
    }

    /// The callers that calls are made for, who decide which credentials are required.
    package enum Use: Sendable {
        /// The service's own user, signed in by `grant`.
        case service
        /// Users who bring their own name and password, or a token; with `jwt` perhaps tokens alone.
        case callers
        /// The same, and callers whom the service signs in for by `grant`, with `jwt` perhaps each under a name of theirs.
        case serviceCallers
    }

    /// `SALESFORCE_LOGIN_URL`, or the org's My Domain host.
    package var login: Endpoint
    package var grant = Grant.clientCredentials
    /// `SALESFORCE_API_VERSION`.
    package var version = APIVersion.standard
    /// `SALESFORCE_AUDIENCE`: the `aud` of a JWT.
    package var audience: String
    /// `SALESFORCE_INSTANCE_URL`: the instance at which a caller's own token is used; without it such tokens are
    /// refused.
    package var instance: Endpoint?
    package var use = Use.service
    /// The keys given as plain variables.
    package var secrets = SalesforceSecrets()
    /// `SALESFORCE_SECRET_ARN`, and how to reach Secrets Manager; nil when the plain variables are all there is.
    package var secret: Secret?

    package struct Secret: Sendable {
        package var id: String
        package var aws: AWSConfiguration

        package init(id: String, aws: AWSConfiguration) {
            self.id = id
            self.aws = aws
        }
    }

    package init(login: Endpoint, secrets: SalesforceSecrets = SalesforceSecrets()) {
        self.login = login
        self.secrets = secrets
        audience = login.standardAudience
    }
}

extension SalesforceConfiguration {
    /// The variable that names the secret.
    package static let secretName = "SALESFORCE_SECRET_ARN"

    /// Reads the variables, for calls that the service makes as itself.
    package static var variable: Variable<SalesforceConfiguration> { variable(for: .service) }

    /// Reads `SALESFORCE_LOGIN_URL` and the rest; with `SALESFORCE_SECRET_ARN` AWS's variables too, and missing keys are
    /// reported once the secret has been read.
    package static func variable(for use: Use) -> Variable<SalesforceConfiguration> {
        Variable { environment, faults in
            let before = faults.count
            let login = loginVariable.read(environment, &faults)
            let rest = environment.read(
                &faults,
                .optional(
                    "SALESFORCE_API_VERSION", default: APIVersion.standard, expecting: "a version such as v62.0"
                ) { APIVersion($0) },
                .optional("SALESFORCE_AUDIENCE"),
                .optional(
                    "SALESFORCE_INSTANCE_URL", expecting: Endpoint.outsideExpectation, parse: Endpoint.init(outside:)))
            let grant = Variable.optional("SALESFORCE_GRANT", default: Grant.clientCredentials)
                .read(environment, &faults)
            if grant == .clientCredentials, use != .callers, let login, login.isSharedLogin {
                faults.append(
                    "SALESFORCE_LOGIN_URL must be the org's My Domain URL: \(login.authority) knows no client credentials."
                )
            }
            let plain = SalesforceSecrets(environment)
            var secret: Secret?
            if let id = environment[secretName] {
                secret = AWSConfiguration.variable.read(environment, &faults).map { Secret(id: id, aws: $0) }
            } else {
                faults += Self.faults(of: plain, grant, use)
            }
            guard faults.count == before, let login, let grant, let (version, audience, instance) = rest else {
                return nil
            }
            var configuration = SalesforceConfiguration(login: login, secrets: plain)
            configuration.grant = grant
            configuration.version = version
            if let audience { configuration.audience = audience }
            configuration.instance = instance
            configuration.use = use
            configuration.secret = secret
            return configuration
        }
    }

    private static var loginVariable: Variable<Endpoint> {
        .required(
            "SALESFORCE_LOGIN_URL", "the org's My Domain URL, such as https://example.my.salesforce.com",
            expecting: Endpoint.outsideExpectation, parse: Endpoint.init(outside:))
    }

    /// A sentence for each key that is missing or malformed.
    func faults(of secrets: SalesforceSecrets) -> [String] {
        Self.faults(of: secrets, grant, use)
    }

    /// Without a valid grant the default's keys are named, and a private key is checked.
    private static func faults(of secrets: SalesforceSecrets, _ given: Grant?, _ use: Use) -> [String] {
        let grant = given ?? .clientCredentials
        var faults: [String] = []
        func need(_ value: Redacted<String>?, _ name: String, _ purpose: String) {
            if value == nil { faults.append("\(name) is not set: give \(purpose), as a variable or in the secret.") }
        }
        need(secrets.clientID, "SALESFORCE_CLIENT_ID", "the app's consumer key")
        if grant != .jwt { need(secrets.clientSecret, "SALESFORCE_CLIENT_SECRET", "the app's consumer secret") }
        // A given key is checked, even if it is not needed.
        if given == .jwt || given == nil, let key = secrets.privateKey {
            if RSAPrivateKey.isShort(pem: key.value) {
                faults.append("SALESFORCE_PRIVATE_KEY must have 2,048 bits at least: Salesforce takes no shorter key.")
            } else if RSAPrivateKey(pem: key.value) == nil {
                faults.append("SALESFORCE_PRIVATE_KEY must be an RSA private key in PEM, without a passphrase.")
            }
        }
        guard use != .callers else { return faults }
        // Callers may have names of their own; the owner of that list checks that each has one.
        if grant == .password || grant == .jwt && use == .service {
            need(secrets.username, "SALESFORCE_USERNAME", "the user to sign in as")
        }
        if grant == .password {
            need(secrets.password, "SALESFORCE_PASSWORD", "the user's password with the security token behind it")
        }
        if grant == .jwt {
            need(secrets.privateKey, "SALESFORCE_PRIVATE_KEY", "the RSA key of the app's certificate")
        }
        return faults
    }
}

extension Endpoint {
    private static let sandboxDomains = [".sandbox.my.salesforce.com", ".scratch.my.salesforce.com"]

    fileprivate var isSharedLogin: Bool {
        authority == "login.salesforce.com" || authority == "test.salesforce.com"
    }

    /// The `aud` that an org's JWTs have unless `SALESFORCE_AUDIENCE` says otherwise.
    fileprivate var standardAudience: String {
        var host = authority.split(separator: ":").first ?? ""
        if host.hasSuffix(".") { host.removeLast() }
        let isTest = host == "test.salesforce.com" || Self.sandboxDomains.contains { host.hasSuffix($0) }
        return isTest ? "https://test.salesforce.com" : "https://login.salesforce.com"
    }
}
