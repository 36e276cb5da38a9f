import Foundation
import Testing
import VoiceAuth

@testable import VoiceAuthCheck

@Suite struct VoiceOutputTests {
    private func json(_ output: VoiceOutput) throws -> [String: String]? {
        try JSONSerialization.jsonObject(with: JSONEncoder().encode(output)) as? [String: String]
    }

    @Test func `the output is flat and its values are strings`() throws {
        #expect(
            try json(VoiceOutput.branch(.verify, handoverCode: ",,,012345"))
                == ["Branch": "verify", "handoverCode": ",,,012345"])
    }

    @Test func `without a code there is no field for it`() throws {
        #expect(try json(VoiceOutput.branch(.failedVerified)) == ["Branch": "failedverified"])
    }

    @Test func `a sweep says how many are pending, in a string`() throws {
        #expect(try json(VoiceOutput.swept(pending: 3)) == ["pending": "3"])
    }

    @Test func `branches have the names that flows compare with`() {
        #expect(
            VoiceBranch.allCases.map(\.rawValue).sorted() == [
                "deleted", "enroll", "enrolled", "enrollfromscratch", "failedverified", "handedover", "lockedout",
                "notenrolled", "optedout",
                "retry", "unavailable", "verified", "verify",
            ])
    }
}
