import Console
import Foundation
import JSON
import LocalServices
import Timeline

extension ConsoleAPI {
    func crm(_ request: ConsoleRequest) async throws -> LocalResponse {
        let services = try await run.start.services()
        guard let org = services.backEnds.salesforce?.org else { return LocalResponse(200, ["objects": []]) }
        let path = request.path
        switch (request.method, path.count) {
        case ("GET", 1): return LocalResponse(200, ["objects": await org.catalogue])
        case ("GET", 2): return LocalResponse(200, ["records": .array(try await org.shownRecords(of: path[1]))])
        case ("POST", 2) where path[1] == "query":
            return LocalResponse(200, try await org.result(of: request.body["soql"]?.string ?? ""))
        case ("POST", 2), ("POST", 3):
            let fields = request.body["fields"]?.object ?? [:]
            let id = try await org.write(path[1], id: path.count == 3 ? path[2] : nil, fields)
            run.timeline.report(
                .init(
                    .salesforce, "write",
                    "Salesforce: somebody \(path.count == 3 ? "changes" : "creates") \(path[1]) \(id)",
                    outcome: .ok, source: "console",
                    detail: ["object": .string(path[1]), "record": .object(fields), "result": ["id": .string(id)]]))
            return LocalResponse(200, ["id": .string(id)])
        case ("GET", 4) where path[3] == "recording":
            return try await recording(request, org, services)
        default: return Self.notFound
        }
    }

    /// Returns the recording that a record's link leads to: over the function that the link names, as on AWS.
    private func recording(
        _ request: ConsoleRequest, _ org: SalesforceOrg, _ services: ConsoleServices
    ) async throws -> LocalResponse {
        let records = await org.records(of: request.path[1])
        guard let record = records.first(where: { $0["Id"]?.string == request.path[2] }) else {
            throw Refusal("The record is not there any more.")
        }
        let field = request.query["field"] ?? ""
        guard let link = record[field]?.string, let parts = URLComponents(string: link), let host = parts.host else {
            throw Refusal("\(field) holds no link.")
        }
        if let sound = try await services.backEnds.fetch(link) { return Self.played(sound, request.range) }
        guard let front = try await run.phone.front(services) else {
            throw Refusal("No function of this project answers links: \(host) does.")
        }
        let prefix = Self.prefix(of: services, link)
        let path = parts.percentEncodedPath
        let answer = try await front.get(
            (path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : path)
                + (parts.percentEncodedQuery.map { "?\($0)" } ?? ""))
        guard let location = answer.location else { throw Refusal(Self.sentence(answer.status, host)) }
        guard let sound = try await services.backEnds.fetch(location) else {
            throw Refusal("The link leads to another host than the local bucket's.")
        }
        return Self.played(sound, request.range)
    }

    private static func played(_ sound: (status: Int, bytes: [UInt8]), _ range: String?) -> LocalResponse {
        guard sound.status == 200 else {
            return error(404, "The recording is not in the bucket: the local S3 answers \(sound.status).")
        }
        return media(sound.bytes, type: "audio/wav", range: range)
    }

    /// Returns why a link that leads to no recording does not.
    private static func sentence(_ status: Int, _ host: String) -> String {
        switch status {
        case 404: "The link does not lead to a recording: \(host) has none of that name, or no function answers it."
        case 500...: "The function that answers the link failed, or is not built: its answer is \(status)."
        default: "The function that answers the link refuses it: its answer is \(status)."
        }
    }

    /// Returns the path of the base URL under which links were made.
    private static func prefix(of services: ConsoleServices, _ link: String) -> String {
        let bases = services.needs.compactMap { $0.variables["RECORDING_LINK_BASE_URL"] }
        let base = bases.first { !$0.isEmpty && link.hasPrefix($0) }.flatMap { URLComponents(string: $0) }
        let path = base?.percentEncodedPath ?? ""
        return path.hasSuffix("/") ? String(path.dropLast()) : path
    }
}
