import AWS
import Salesforce
import Settings
import VoiceIt

/// A check that calls a service, within a deadline.
protocol LiveCheck: DoctorCheck {
    var subject: String { get }
    var settings: LiveSettings { get }

    /// Returns the check's findings; a `MissingSetting` becomes "skipped", every other error something to fix.
    func look(deadline: ContinuousClock.Instant) async throws -> [Finding]
}

/// A setting that has not been made; completes "skipped: …".
struct MissingSetting: Error {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// An error that says what to do, in words that the doctor may print.
protocol Mendable: Error {
    var remedy: String { get }
}

extension Mendable where Self: CustomStringConvertible {
    var remedy: String { description }
}

extension EnvironmentError: Mendable {}
extension SalesforceError: Mendable {}
extension VoiceItError: Mendable {}
extension Refusal: Mendable {}

extension LiveCheck {
    func findings() async -> [Finding] { await findings(as: subject, look) }

    /// Returns the findings of `look`, or its error as a finding about a subject.
    func findings(
        as subject: String, _ look: (ContinuousClock.Instant) async throws -> [Finding]
    ) async -> [Finding] {
        do {
            return try await look(.now + settings.patience)
        } catch let error as MissingSetting {
            return [.skipped(subject, error.description)]
        } catch let error as any Mendable {
            return [.mend(subject, error.remedy)]
        } catch {
            // An error of unknown type may contain anything.
            return [.mend(subject, "it failed with \(type(of: error))")]
        }
    }
}

extension AWSError: Mendable {
    /// The failure, and what to do.
    var remedy: String {
        switch code {
        case "AccessDenied", "AccessDeniedException", "AuthorizationError", "AuthorizationErrorException":
            "this identity may not call \(service)'s \(action): allow it, or ask as another"
        case "DecryptionFailure", "KMSAccessDeniedException":
            "this identity may not decrypt it: allow kms:Decrypt on its key"
        case "ExpiredToken", "ExpiredTokenException":
            "this shell's AWS session has expired: sign in again"
        case "InvalidClientTokenId", "UnrecognizedClientException", "InvalidAccessKeyId":
            "AWS does not know this shell's AWS_ACCESS_KEY_ID: give a key that exists, and its session's token"
        case "SignatureDoesNotMatch", "InvalidSignatureException":
            "AWS_SECRET_ACCESS_KEY does not fit AWS_ACCESS_KEY_ID, or this machine's clock is wrong"
        default: description
        }
    }
}
