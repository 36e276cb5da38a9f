import LocalServices
import Timeline

/// The HTTP API of a stack, under its own URL, as Twilio reaches it in a call.
struct DeployedAPI: HTTPFront {
    let deployment: LocalDeployment
    let url: String
    /// The call, for the timeline; nil for a link.
    let source: TimelineSource?

    func post(_ path: String, fields: [String: String], body: [UInt8]) async throws -> (status: Int, body: [UInt8]) {
        let answer = try await deployment.request("POST", url + path, fields: fields, body: body, reportedBy: source)
        return (answer.status, answer.body)
    }

    func get(_ path: String) async throws -> (status: Int, location: String?, body: [UInt8]) {
        try await deployment.request("GET", url + path)
    }
}
