import HTTPTypes
import TestSupport
import Testing

@testable import switchboard

@Suite(.takingTurns) struct RedirectTests {
    /// Redirects `/<n>` to `/<n - 1>`, and answers `/0` with a body.
    private func server() throws -> ScriptedServer {
        try .answering { request in
            let left = Int(request.target.dropFirst()) ?? 0
            return left == 0 ? .init("end") : .init(status: 302, headers: [("Location", "/\(left - 1)")])
        }
    }

    @Test func `five redirects are followed, and a sixth is not`() async throws {
        let server = try server()
        let clip = await AudioFetcher().fetch("http://\(server.authority)/5")
        #expect(throws: Never.self) { try clip.get() }
        #expect(server.requests.map(\.target) == ["/5", "/4", "/3", "/2", "/1", "/0"])
        let failure = await #expect(throws: AudioClip.Failure.self) {
            try await AudioFetcher().fetch("http://\(server.authority)/6").get()
        }
        #expect(failure?.kind == .serviceUnavailable)
        #expect(server.requests.count == 12)
    }

    private func redirect(_ location: String, status: Int = 302, from scheme: String = "https") throws -> HTTPRequest? {
        let request = HTTPRequest(method: .get, scheme: scheme, authority: "a.example", path: "/x/y?z")
        let response = HTTPResponse(status: .init(code: status), headerFields: [.location: location])
        return try Redirect(response, to: request)?.request
    }

    @Test(arguments: ["ftp://host/x", "file:///etc/passwd", "http://[bad", "javascript:1"])
    func `a location that is no web address is refused`(location: String) {
        #expect(throws: Redirect.Refused.self) { try redirect(location, from: "http") }
    }

    @Test(arguments: [301, 302, 303, 307, 308]) func `each kind of redirect leads to a GET`(_ status: Int) throws {
        #expect(try redirect("/there", status: status)?.method == .get)
        #expect(try redirect("/there", status: status - 100) == nil)
    }

    @Test func `https never leads to http`() throws {
        #expect(throws: Redirect.Refused.self) { try redirect("http://a.example/x") }
        #expect(try redirect("https://a.example/x", from: "http")?.scheme == "https")
    }

    @Test func `a location is resolved as a reference`() throws {
        #expect(try redirect("//b.example:8443/p")?.authority == "b.example:8443")
        #expect(try redirect("?only=query")?.path == "/x/y?only=query")
        #expect(try redirect("../up")?.path == "/up")
        #expect(try redirect("https://user:pass@a.example/#part")?.authority == "a.example")
        #expect(try redirect("/sp ace")?.path == "/sp%20ace")
    }
}
