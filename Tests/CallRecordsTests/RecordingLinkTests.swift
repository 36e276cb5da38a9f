import AWS
import Foundation
import Settings
import TestSupport
import Testing

@testable import CallRecords

@Suite(.takingTurns) struct RecordingLinkTests {
    private static let base = "https://calls.example.com/prod"
    private static let id = "0ac3bf43-7a8e-4e1c-9d5f-2b1a6c7d8e9f"
    /// 2026-11-21T00:00:00Z.
    private static let midnight = 1_795_219_200
    private static let (old, new) = ("the-old-secret-of-links", "the-new-secret-of-links")

    private let contact: ContactID
    private let day: Day

    init() throws {
        contact = try #require(ContactID(Self.id))
        day = try #require(Day(beginning: "2026-11-21"))
    }

    private static func link(_ secret: String, previous: String? = nil, days: Int? = nil) -> RecordingLink {
        RecordingLink(
            base: base, secret: LinkSecret(Redacted(secret), previous: previous.map(Redacted.init)), days: days)
    }

    /// The parts of a link's query.
    private static func query(_ url: String) -> [String: String] {
        (URLComponents(string: url)?.queryItems ?? []).reduce(into: [:]) { $0[$1.name] = $1.value }
    }

    /// Checks what a link says of itself.
    private func validity(
        _ url: String, by link: RecordingLink, at now: Int = RecordingLinkTests.midnight,
        id: String = RecordingLinkTests.id
    ) async throws -> RecordingLink.Validity {
        let query = Self.query(url)
        return try await link.validity(
            of: id, signature: query["sig"] ?? "", expiry: query["exp"], now: now, deadline: .now + .seconds(5))
    }

    /// Computed by `printf %s "$TEXT" | openssl dgst -sha256 -hmac the-old-secret-of-links`.
    @Test func `a link is the same whoever makes it`() {
        #expect(
            Self.link(Self.old).url(of: contact, recordedOn: day)
                == "\(Self.base)/recordings/\(Self.id)?sig=54dbe84e047c5f15439ca915d082a5f09d9f4bf24468848cedf550f49cb5840f"
        )
        #expect(
            Self.link(Self.old, days: 30).url(of: contact, recordedOn: day)
                == "\(Self.base)/recordings/\(Self.id)?exp=1797897600&sig=f5b6134690b65b7595929e3b5630031546d53e559b3573408626253927fa4c56"
        )
    }

    @Test func `a link plays until the end of its last day, counted from the day in the recording's key`() async throws
    {
        for days in [1, 30, 3650] {
            let link = Self.link(Self.old, days: days)
            let url = link.url(of: contact, recordedOn: day)
            let end = Self.midnight + (days + 1) * 86_400
            #expect(Self.query(url)["exp"] == String(end))
            #expect(try await validity(url, by: link, at: end - 1) == .valid)
            #expect(try await validity(url, by: link, at: end) == .expired)
            // Whether links expire by now, and after how long, changes no link that was made.
            for other in [Self.link(Self.old), Self.link(Self.old, days: 7)] {
                #expect(try await validity(url, by: other, at: end - 1) == .valid)
                #expect(try await validity(url, by: other, at: end) == .expired)
            }
        }
    }

    @Test func `a link without a day is valid only where links do not expire`() async throws {
        let url = Self.link(Self.old).url(of: contact, recordedOn: day)
        #expect(try await validity(url, by: Self.link(Self.old)) == .valid)
        #expect(try await validity(url, by: Self.link(Self.old), at: .max) == .valid)
        #expect(try await validity(url, by: Self.link(Self.old, days: 3650)) == .invalid)
    }

    @Test func `a bad signature is invalid before a day that is over`() async throws {
        let link = Self.link(Self.old, days: 1)
        let url = link.url(of: contact, recordedOn: day)
        let (exp, sig) = (Self.query(url)["exp"] ?? "", Self.query(url)["sig"] ?? "")
        let plain = Self.query(Self.link(Self.old).url(of: contact, recordedOn: day))["sig"] ?? ""
        let later = String((Int(exp) ?? 0) + 86_400)
        for (expiry, signature) in [
            (later, sig), (exp, plain), (exp, sig.uppercased()), (exp, ""), ("", sig), ("0\(exp)", sig),
            ("+\(exp)", sig),
            ("x", sig), (" \(exp)", sig), ("99999999999999999999999", sig),
        ] {
            let result = try await link.validity(
                of: Self.id, signature: signature, expiry: expiry, now: .max, deadline: .now + .seconds(5))
            #expect(result == .invalid, "\(expiry)")
        }
        // Without exp the same text would be that of a contact with this name, which no contact has.
        #expect(ContactID("\(Self.id).\(exp)") == nil)
    }

    @Test func `links under the previous secret play, and none is made with it`() async throws {
        let link = Self.link(Self.new, previous: Self.old)
        for days in [nil, 30] {
            let before = Self.link(Self.old, days: days).url(of: contact, recordedOn: day)
            #expect(try await validity(before, by: link) == .valid)
            #expect(try await validity(before, by: Self.link(Self.new)) == .invalid)
        }
        #expect(link.url(of: contact, recordedOn: day) == Self.link(Self.new).url(of: contact, recordedOn: day))
        #expect(try await validity(link.url(of: contact, recordedOn: day), by: link) == .valid)
        let stranger = Self.link("another-secret-of-links").url(of: contact, recordedOn: day)
        #expect(try await validity(stranger, by: link) == .invalid)
        #expect(try await validity(link.url(of: contact, recordedOn: day), by: link, id: "c-1") == .invalid)
    }
}

/// Secrets as Secrets Manager has them.
extension RecordingLinkTests {
    /// The links' secret where Secrets Manager answers each call with the next text, and the last one again.
    private func withSecret(_ texts: String..., body: (LinkSecret) async throws -> Void) async throws {
        let secrets = try SecretsDouble(texts)
        let environment = Environment(
            secrets.environment.merging(["RECORDING_LINK_SECRET_ARN": "arn:x", "RECORDING_LINK_BASE_URL": Self.base]) {
                $1
            })
        let settings = try environment.read(RecordingLinkSettings.variable)
        try await body(LinkSecret(KeyedSecretReader(settings.secret), deadline: .now + .seconds(5)))
    }

    @Test func `the secrets of the links are read from Secrets Manager, and the previous one may be missing or empty`()
        async throws
    {
        try await withSecret(#"{"RECORDING_LINK_SECRET":"\#(Self.new)"}"#) { #expect($0.texts == [Self.new]) }
        try await withSecret(
            #"{"RECORDING_LINK_SECRET":"\#(Self.new)","RECORDING_LINK_SECRET_PREVIOUS":""}"#
        ) {
            #expect($0.texts == [Self.new])
            try await $0.checkLength(deadline: .now + .seconds(5))
        }
        try await withSecret(
            #"{"RECORDING_LINK_SECRET":"\#(Self.new)","RECORDING_LINK_SECRET_PREVIOUS":"\#(Self.old)"}"#
        ) {
            #expect($0.texts == [Self.new, Self.old])
        }
        for text in ["text", "{}", #"{"RECORDING_LINK_SECRET_PREVIOUS":"\#(Self.old)"}"#] {
            let error = await #expect(throws: EnvironmentError.self) { try await withSecret(text) { _ in } }
            #expect(error?.description.contains("RECORDING_LINK_SECRET_ARN") == true)
        }
    }

    @Test func `a rotation breaks no link: the secrets are read again when a signature does not hold`() async throws {
        let rotated = #"{"RECORDING_LINK_SECRET":"\#(Self.new)","RECORDING_LINK_SECRET_PREVIOUS":"\#(Self.old)"}"#
        try await withSecret(#"{"RECORDING_LINK_SECRET":"\#(Self.old)"}"#, rotated) { secret async throws in
            let link = RecordingLink(base: Self.base, secret: secret)
            let links = [Self.old, Self.new].map { Self.link($0).url(of: contact, recordedOn: day) }
            #expect(try await validity(links[0], by: link) == .valid)
            // What has no signature's form is nothing to ask for.
            #expect(try await validity("\(Self.base)?sig=x", by: link) == .invalid)
            #expect(link.url(of: contact, recordedOn: day) == links[0])
            #expect(try await validity(links[1], by: link) == .valid)
            #expect(link.url(of: contact, recordedOn: day) == links[1])
            #expect(try await validity(links[0], by: link) == .valid)
        }
    }

    @Test func `a secret that is too short is a fault until it has been replaced`() async throws {
        let short = #"{"RECORDING_LINK_SECRET":"fifteen-letters"}"#
        try await withSecret(short, #"{"RECORDING_LINK_SECRET":"sixteen-letters-"}"#) { secret async throws in
            try await secret.checkLength(deadline: .now + .seconds(5))
            #expect(secret.texts == ["sixteen-letters-"])
        }
        try await withSecret(
            #"{"RECORDING_LINK_SECRET":"\#(Self.new)","RECORDING_LINK_SECRET_PREVIOUS":"fifteen-letters"}"#
        ) { secret async throws in
            let fault = await #expect(throws: EnvironmentError.self) {
                try await secret.checkLength(deadline: .now + .seconds(5))
            }
            #expect(fault?.faults.count == 1)
            #expect(fault?.description.contains("RECORDING_LINK_SECRET_PREVIOUS ") == true)
        }
        // Replaced by one that is too short while a process runs: nothing is checked with it.
        try await withSecret(#"{"RECORDING_LINK_SECRET":"\#(Self.old)"}"#, short) { secret async throws in
            let link = RecordingLink(base: Self.base, secret: secret)
            let url = Self.link("fifteen-letters").url(of: contact, recordedOn: day)
            await #expect(throws: EnvironmentError.self) { try await validity(url, by: link) }
        }
    }
}
