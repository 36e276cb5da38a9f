import Encoding
import Foundation
import HTTPTypes
import Testing
import TestSupport

@testable import AWS

/// AWS's own vectors, every one in both forms.
@Suite(
    .enabled(if: SigningCase.suite != nil, "SIGV4_SUITE is not set: give the folder of AWS's signing suite."))
struct SignerSuiteTests {
    @Test func `the suite has the thirty-eight cases it was published with`() {
        #expect(SigningCase.all.count >= 38 * SigningCase.Form.allCases.count)
    }

    @Test(arguments: SigningCase.all)
    func `every stage is as AWS has it`(_ signingCase: SigningCase) throws {
        let context = try signingCase.context()
        let given = RequestText(parsing: try signingCase.text("request.txt"))
        let request = try given.request()
        let date = UTCTime(try Date(context.timestamp, strategy: .iso8601))
        let signer = Signer(
            credentials: Credentials(
                accessKeyID: context.credentials.access_key_id, secretAccessKey: context.credentials.secret_access_key,
                sessionToken: context.credentials.token),
            region: context.region, service: context.service,
            pathRule: context.normalize ? .normalizedAndEncodedAgain : .encodedAgain,
            omitsSessionToken: context.omit_session_token ?? false)
        let body = Array(given.body.utf8)
        let signing =
            switch signingCase.form {
            case .header: signer.signing(request, body: body, addsBodyHash: context.sign_body, at: date)
            case .query: signer.presigning(request, body: body, expiresIn: context.expiration_in_seconds, at: date)
            }

        let canonical = String(decoding: signing.canonical.bytes, as: UTF8.self)
        #expect(canonical == (try signingCase.expected("canonical-request")))
        #expect(String(decoding: signing.stringToSign, as: UTF8.self) == (try signingCase.expected("string-to-sign")))
        #expect(signing.signature == (try signingCase.expected("signature")))
        let signed = RequestText(parsing: try signingCase.expected("signed-request"))
        #expect(RequestText(signing.request, body: given.body) == signed)
    }
}
