import Console
import Encoding
import Foundation
import JSON
import LocalServices

extension ConsoleAPI {
    func phone(_ request: ConsoleRequest) async throws -> LocalResponse {
        let phone = run.phone
        switch (request.method, request.path.joined(separator: "/")) {
        case ("GET", "flows"):
            let flows = run.project.flows.map { url in
                let flow = try? CallCommand.read(url)
                return JSONValue.object([
                    "name": .string(url.deletingPathExtension().lastPathComponent),
                    "isGuide": .bool(flow?.isGuide ?? false),
                ])
            }
            return LocalResponse(200, ["flows": .array(flows)])
        case ("GET", _) where request.path.first == "flows" && request.path.count == 2:
            guard run.project.flowNames.contains(request.path[1]) else { return Self.notFound }
            return LocalResponse(200, try CallCommand.read(run.project.flow(named: request.path[1])).json)
        case ("GET", "phone"):
            return LocalResponse(200, phone.json(after: Self.number(request, "after"), of: Self.number(request, "id")))
        case ("POST", "phone"):
            let from = request.body["from"]?.string ?? ""
            guard CallCommand.isCaller(from) else { throw Refusal(CallCommand.callerRule) }
            let name = request.body["flow"]?.string ?? ""
            guard run.project.flowNames.contains(name) else { throw Refusal("There is no flow \(name).") }
            let services = try await run.start.services()
            try await phone.call(
                name, from: from == CallCommand.withheld ? nil : from,
                hasProfile: request.body["profile"]?.bool ?? true, services)
        case ("POST", "phone/type"): try phone.type(request.body["text"]?.string ?? "")
        case ("POST", "phone/hangup"): try phone.hangUp()
        case ("POST", "phone/view"): try phone.answer(request.body)
        case ("POST", "phone/speech"):
            guard let text = request.body["audio"]?.string, let audio = Base64.decode(text) else {
                throw Refusal("The file did not arrive.")
            }
            try phone.speak(audio, named: request.body["name"]?.string ?? "")
        default: return Self.notFound
        }
        return LocalResponse(200, [:])
    }
}
