import Foundation
import JSON
import LocalServices
import Settings

/// A builder of the events that Alexa would send.
struct AlexaRequests {
    struct Session: Equatable {
        let id = "amzn1.echo-api.session.\(UUID().uuidString.lowercased())"
        var attributes: JSONValue = .object([:])
        var isNew = true
    }

    let skillID: String
    let locale: String
    /// The base URL for progressive responses.
    let apiEndpoint: String
    /// The linked account's token; nil when no account is linked.
    let accessToken: String?
    let model: InteractionModel
    private let user = "amzn1.ask.account.\(UUID().uuidString)"
    private let device = "amzn1.ask.device.\(UUID().uuidString)"
    static let apiAccessToken = "local-api-access-token"
    /// The access token of the local CRM's account.
    static let localToken = SalesforceUser.agent.token

    init(skillID: String, locale: String, apiEndpoint: String, accessToken: String?, model: InteractionModel) {
        self.skillID = skillID
        self.locale = locale
        self.apiEndpoint = apiEndpoint
        self.accessToken = accessToken
        self.model = model
    }

    func launch() -> [String: JSONValue] {
        ["type": .string("LaunchRequest")]
    }

    func sessionEnded(_ reason: String) -> [String: JSONValue] {
        ["type": .string("SessionEndedRequest"), "reason": .string(reason)]
    }

    func intent(_ state: OpenDialog) -> [String: JSONValue] {
        var intent: [String: JSONValue] = [
            "name": .string(state.intent), "confirmationStatus": .string(state.confirmation),
        ]
        if !state.slots.isEmpty {
            let types = model.intent(state.intent)?.slots ?? []
            intent["slots"] = .object(
                Dictionary(
                    uniqueKeysWithValues: state.slots.map { name, slot in
                        (name, self.slot(name, slot, type: types.first { $0.name == name }?.type))
                    }))
        }
        var request: [String: JSONValue] = ["type": .string("IntentRequest"), "intent": .object(intent)]
        request["dialogState"] = state.progress.map(JSONValue.string)
        return request
    }

    /// Returns a new request id.
    static func requestID() -> String { "amzn1.echo-api.request.\(UUID().uuidString.lowercased())" }

    /// Returns the whole event: without a session for requests of the device itself, and with `player` as
    /// `context.AudioPlayer`.
    func event(_ request: [String: JSONValue], _ session: Session?, player: JSONValue) -> [UInt8] {
        var user: [String: JSONValue] = ["userId": .string(self.user)]
        user["accessToken"] = accessToken.map(JSONValue.string)
        let application = JSONValue.object(["applicationId": .string(skillID)])
        var whole = request
        whole["requestId"] = request["requestId"] ?? .string(Self.requestID())
        whole["timestamp"] = .string(Date.now.formatted(.iso8601))
        whole["locale"] = .string(locale)
        let open = session.map { session in
            JSONValue.object([
                "new": .bool(session.isNew), "sessionId": .string(session.id), "application": application,
                "attributes": session.attributes, "user": .object(user),
            ])
        }
        return JSONValue.members([
            "version": "1.0", "request": .object(whole), "session": open,
            "context": [
                "System": [
                    "application": application, "user": .object(user),
                    "device": ["deviceId": .string(device), "supportedInterfaces": ["AudioPlayer": [:]]],
                    "apiEndpoint": .string(apiEndpoint), "apiAccessToken": .string(Self.apiAccessToken),
                ],
                "AudioPlayer": player,
            ],
        ]).bytes
    }

    private func slot(_ name: String, _ slot: OpenDialog.Slot, type: String?) -> JSONValue {
        var members: [String: JSONValue] = [
            "name": .string(name), "confirmationStatus": .string(slot.confirmation),
        ]
        if let value = slot.value {
            members["value"] = .string(value)
            members["source"] = .string("USER")
            members["slotValue"] = .object(["type": .string("Simple"), "value": .string(value)])
            if let type, let resolutions = resolutions(of: value, type) {
                members["resolutions"] = resolutions
            }
        }
        return .object(members)
    }

    /// Returns the entity resolution against the model's own type; nil for Amazon's types without values here.
    private func resolutions(of value: String, _ type: String) -> JSONValue? {
        guard let known = model.languageModel.types?.first(where: { $0.name == type })?.values else { return nil }
        let spoken = UtteranceMatcher.normal(value)
        let match = known.first { value in
            ([value.name.value] + (value.name.synonyms ?? [])).contains { UtteranceMatcher.normal($0) == spoken }
        }
        var authority: [String: JSONValue] = [
            "authority": .string("amzn1.er-authority.echo-sdk.\(skillID).\(type)"),
            "status": .object(["code": .string(match == nil ? "ER_SUCCESS_NO_MATCH" : "ER_SUCCESS_MATCH")]),
        ]
        if let match {
            var named: [String: JSONValue] = ["name": .string(match.name.value)]
            named["id"] = match.id.map(JSONValue.string)
            authority["values"] = .array([.object(["value": .object(named)])])
        }
        return .object(["resolutionsPerAuthority": .array([.object(authority)])])
    }
}
