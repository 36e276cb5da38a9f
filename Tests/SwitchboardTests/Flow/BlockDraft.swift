import JSON
import Testing

@testable import switchboard

/// A block of a contact flow under construction: "it", with an end after it.
struct BlockDraft {
    var type: String
    var parameters: [String: JSONValue] = [:]
    var errors: [String] = []
    var conditions: [String] = []
    var next: String? = "end"
    var identifier = "it"
    /// Other actions of the flow, and its metadata.
    var others: [JSONValue] = []
    var metadata: JSONValue = [:]

    /// Valid blocks, one of each type, with only the required parts.
    static let valid = Dictionary(
        [
            BlockDraft(
                type: "AuthenticateParticipant",
                parameters: [
                    "CognitoConfiguration": ["UserPoolArn": "$.Attributes.pool", "AppClientId": "$.Attributes.client"],
                    "CustomerProfilesConfiguration": ["ObjectTypeName": "CTR"], "TimeLimitMinutes": "5",
                ], errors: ["NoMatchingError", "TimeLimitExceeded"]),
            BlockDraft(type: "CheckHoursOfOperation", errors: ["NoMatchingError"], conditions: ["True", "False"]),
            BlockDraft(
                type: "CheckMetricData", parameters: ["MetricType": "NumberOfAgentsStaffed"],
                errors: ["NoMatchingCondition", "NoMatchingError"], conditions: ["0"]),
            BlockDraft(
                type: "Compare", parameters: ["ComparisonValue": "$.Channel"], errors: ["NoMatchingCondition"],
                conditions: ["VOICE"]),
            BlockDraft(
                type: "CreateCallbackContact",
                parameters: [
                    "InitialCallDelaySeconds": "5", "MaximumConnectionAttempts": "1", "RetryDelaySeconds": "600",
                ], errors: ["NoMatchingError"]),
            BlockDraft(
                type: "CreateCustomerProfile", parameters: ["ProfileRequestData": ["LastName": "$.Attributes.name"]],
                errors: ["NoMatchingError"]),
            BlockDraft(type: "DequeueContactAndTransferToQueue", errors: ["QueueAtCapacity", "NoMatchingError"]),
            BlockDraft(type: "DisconnectParticipant", next: nil),
            BlockDraft(type: "DistributeByPercentage", errors: ["NoMatchingCondition"], conditions: ["51"]),
            BlockDraft(type: "EndFlowExecution", next: nil),
            BlockDraft(type: "EndFlowModuleExecution", next: nil),
            BlockDraft(
                type: "GetCustomerProfile",
                parameters: [
                    "ProfileRequestData": ["IdentifierName": "_phone", "IdentifierValue": "$.Attributes.number"],
                    "ProfileResponseData": ["LastName"],
                ], errors: ["MultipleFoundError", "NoMatchingError", "NoneFoundError"]),
            BlockDraft(type: "GetMetricData", errors: ["NoMatchingError"]),
            BlockDraft(
                type: "GetParticipantInput",
                parameters: ["Text": "Press 1.", "StoreInput": "False", "InputTimeLimitSeconds": "5"],
                errors: ["InputTimeLimitExceeded", "NoMatchingCondition", "NoMatchingError"], conditions: ["1"]),
            BlockDraft(
                type: "InvokeFlowModule", parameters: ["FlowModuleId": "$.Attributes.module"],
                errors: ["NoMatchingError"]),
            BlockDraft(
                type: "InvokeLambdaFunction",
                parameters: ["LambdaFunctionARN": "${Asker.Arn}", "InvocationTimeLimitSeconds": "8"],
                errors: ["NoMatchingError"]),
            BlockDraft(
                type: "Loop", parameters: ["LoopCount": "3"], conditions: ["ContinueLooping", "DoneLooping"]),
            BlockDraft(type: "MessageParticipant", parameters: ["Text": "Hello."]),
            BlockDraft(
                type: "MessageParticipantIteratively", parameters: ["Messages": [["Text": "Please hold."]]],
                next: nil),
            BlockDraft(
                type: "ShowView",
                parameters: [
                    "ViewResource": ["Id": "arn:aws:connect:eu-central-1:aws:view/cards:1"],
                    "InvocationTimeLimitSeconds": "600",
                ], errors: ["NoMatchingCondition", "NoMatchingError", "TimeLimitExceeded"]),
            BlockDraft(type: "TagContact", parameters: ["Tags": ["desk": "north"]], errors: ["NoMatchingError"]),
            BlockDraft(type: "TransferContactToAgent", next: nil),
            BlockDraft(type: "TransferContactToQueue", errors: ["QueueAtCapacity", "NoMatchingError"]),
            BlockDraft(
                type: "TransferParticipantToThirdParty",
                parameters: [
                    "ThirdPartyPhoneNumber": "$.Attributes.desk", "ThirdPartyConnectionTimeLimitSeconds": "30",
                    "ContinueFlowExecution": "True",
                ], errors: ["CallFailed", "ConnectionTimeLimitExceeded", "NoMatchingError"]),
            BlockDraft(
                type: "TransferToFlow", parameters: ["ContactFlowId": "$.Attributes.flow"],
                errors: ["NoMatchingError"]),
            BlockDraft(type: "UntagContact", parameters: ["TagKeys": ["desk"]], errors: ["NoMatchingError"]),
            BlockDraft(
                type: "UpdateContactAttributes",
                parameters: ["Attributes": ["desk": "north"], "TargetContact": "Current"],
                errors: ["NoMatchingError"]),
            BlockDraft(
                type: "UpdateContactCallbackNumber", parameters: ["CallbackNumber": "$.CustomerEndpoint.Address"],
                errors: ["CallbackNumberNotDialable", "InvalidCallbackNumber"]),
            BlockDraft(type: "UpdateContactData", parameters: ["Name": "Repair"], errors: ["NoMatchingError"]),
            BlockDraft(
                type: "UpdateContactEventHooks", parameters: ["EventHooks": ["DefaultAgentUI": "${GuideFlowId}"]],
                errors: ["NoMatchingError"]),
            BlockDraft(
                type: "UpdateContactRecordingAndAnalyticsBehavior",
                parameters: ["ScreenRecordingBehavior": ["ScreenRecordedParticipants": ["Agent"]]],
                errors: ["ChannelMismatch", "NoMatchingError"]),
            BlockDraft(
                type: "UpdateContactRecordingBehavior",
                parameters: ["RecordingBehavior": ["RecordedParticipants": []]]),
            BlockDraft(
                type: "UpdateContactTargetQueue", parameters: ["QueueId": "${QueueArn}"], errors: ["NoMatchingError"]),
            BlockDraft(type: "UpdateContactTextToSpeechVoice", parameters: ["TextToSpeechVoice": "Joanna"]),
            BlockDraft(
                type: "UpdateFlowAttributes", parameters: ["FlowAttributes": ["step": ["Value": "one"]]],
                errors: ["NoMatchingError"]),
            BlockDraft(type: "Wait", parameters: ["TimeLimitSeconds": "45"], errors: ["NoMatchingError"]),
        ].map { ($0.type, $0) }
    ) { $1 }

    /// Creates the valid block of a type, with changes.
    init(_ type: String, _ changes: [BlockChange] = []) throws {
        self = changes.reduce(try #require(Self.valid[type])) { $1.applied(to: $0) }
    }

    private init(
        type: String, parameters: [String: JSONValue] = [:], errors: [String] = [], conditions: [String] = [],
        next: String? = "end"
    ) {
        (self.type, self.parameters, self.errors) = (type, parameters, errors)
        (self.conditions, self.next) = (conditions, next)
    }

    /// The block itself.
    var action: JSONValue {
        [
            "Identifier": .string(identifier), "Type": .string(type), "Parameters": .object(parameters),
            "Transitions": .members([
                "NextAction": next.map(JSONValue.string),
                "Errors": .array(errors.map { ["ErrorType": .string($0), "NextAction": "end"] }),
                "Conditions": .array(
                    conditions.map {
                        ["NextAction": "end", "Condition": ["Operator": "Equals", "Operands": [.string($0)]]]
                    }),
            ]),
        ]
    }

    var check: FlowCheck {
        get throws {
            let leadsOn = next != nil || !errors.isEmpty || !conditions.isEmpty
            let end: JSONValue = ["Identifier": "end", "Type": "DisconnectParticipant"]
            return try FlowCheck([action] + others + (leadsOn ? [end] : []), metadata)
        }
    }
}

/// One change to a block.
enum BlockChange {
    case no(String)
    case with(String, JSONValue)
    case noError(String)
    case error(String)
    case noCondition(String)
    case condition(String)
    case next(String?)
    case of(String)

    func applied(to block: BlockDraft) -> BlockDraft {
        var block = block
        switch self {
        case .no(let name): block.parameters[name] = nil
        case .with(let name, let value): block.parameters[name] = value
        case .noError(let error): block.errors.removeAll { $0 == error }
        case .error(let error): block.errors.append(error)
        case .noCondition(let operand): block.conditions.removeAll { $0 == operand }
        case .condition(let operand): block.conditions.append(operand)
        case .next(let next): block.next = next
        case .of(let type): block.type = type
        }
        return block
    }
}

extension FlowCheck {
    /// Checks a flow that begins with the first of these actions.
    init(
        _ actions: [JSONValue], _ metadata: JSONValue = [:],
        answers: [String: Set<String>] = ["Asker": ["Branch"], "Sender": ["status"]]
    ) throws {
        let document: JSONValue = [
            "Version": "2019-10-30", "StartAction": actions.first?["Identifier"] ?? "", "Metadata": metadata,
            "Actions": .array(actions),
        ]
        self.init(flow: try ContactFlow(document.bytes, named: "test"), answers: answers)
    }
}
