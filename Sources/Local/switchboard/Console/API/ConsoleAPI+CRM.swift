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
                    .salesforce, "write", "Salesforce: somebody \(path.count == 3 ? "changes" : "creates") \(path[1])",
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
        guard let record = records.first(where: { $0["Id"]?.string == request.path[2] }),
            let link = record[request.query["field"] ?? ""]?.string, let parts = URLComponents(string: link)
        else { return Self.notFound }
        let query = parts.percentEncodedQuery.map { "?\($0)" } ?? ""
        var sound = try await services.backEnds.fetch(link)
        if sound == nil, let front = try await run.phone.front(services) {
            let prefix = Self.prefix(of: services, link)
            let path = parts.percentEncodedPath
            let answer = try await front.get(
                "\(path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : path)\(query)")
            if let location = answer.location { sound = try await services.backEnds.fetch(location) }
        }
        guard let sound, sound.status == 200 else { return Self.error(404, "The link does not lead to a recording.") }
        return Self.media(sound.bytes, type: "audio/wav", range: request.range)
    }

    /// Returns the path of the base URL under which links were made.
    private static func prefix(of services: ConsoleServices, _ link: String) -> String {
        let bases = services.needs.compactMap { $0.variables["RECORDING_LINK_BASE_URL"] }
        let base = bases.first { !$0.isEmpty && link.hasPrefix($0) }.flatMap { URLComponents(string: $0) }
        let path = base?.percentEncodedPath ?? ""
        return path.hasSuffix("/") ? String(path.dropLast()) : path
    }
}
