import JSON
import Logging

@testable import Alexa

/// Sample envelopes.
enum Samples {
    static let skillID = "amzn1.ask.skill.test"

    /// Returns an envelope around a request, as JSON text; `more` goes into the request.
    static func text(_ type: String, _ more: String = "", session: String? = #"{"key":"value"}"#) -> String {
        let user = #"{"userId":"user-1","accessToken":"token-1"}"#
        let session = session.map {
            #""session":{"new":true,"sessionId":"session-1","application":{"applicationId":"\#(skillID)"},"#
                + #""attributes":\#($0),"user":\#(user)},"#
        }
        return #"{"version":"1.0",\#(session ?? "")"context":{"System":{"application":{"applicationId":"\#(skillID)"},"#
            + #""user":\#(user),"device":{"deviceId":"device-1","supportedInterfaces":{"AudioPlayer":{}}},"#
            + #""apiEndpoint":"https://api.example.com","apiAccessToken":"api-token"},"#
            + #""AudioPlayer":{"token":"t","offsetInMilliseconds":"1200","playerActivity":"STOPPED"}},"#
            + #""request":{"type":"\#(type)","requestId":"request-1","timestamp":"2026-11-21T10:00:00Z","#
            + #""locale":"en-US"\#(more.isEmpty ? "" : "," + more)}}"#
    }

    static func envelope(
        _ type: String, _ more: String = "", session: String? = #"{"key":"value"}"#
    ) throws -> RequestEnvelope {
        try RequestEnvelope(parsing: Array(text(type, more, session: session).utf8))
    }

    static func intent(_ name: String) throws -> RequestEnvelope {
        try envelope("IntentRequest", #""intent":{"name":"\#(name)"}"#)
    }

    /// Every type of request in Alexa's documentation that a custom skill may get, and some that it never will.
    static let types = [
        "LaunchRequest", "IntentRequest", "SessionEndedRequest", "CanFulfillIntentRequest", "SessionResumedRequest",
        "AudioPlayer.PlaybackStarted", "AudioPlayer.PlaybackFinished", "AudioPlayer.PlaybackStopped",
        "AudioPlayer.PlaybackNearlyFinished", "AudioPlayer.PlaybackFailed", "PlaybackController.NextCommandIssued",
        "PlaybackController.PauseCommandIssued", "PlaybackController.PlayCommandIssued",
        "PlaybackController.PreviousCommandIssued", "System.ExceptionEncountered", "Connections.Request",
        "Connections.Response", "Alexa.Presentation.APL.UserEvent", "Alexa.Presentation.APL.RuntimeError",
        "Alexa.Presentation.APL.LoadIndexListData", "Alexa.Presentation.APL.LoadTokenListData",
        "Alexa.Presentation.APLT.UserEvent", "Alexa.Presentation.HTML.Message",
        "Alexa.Presentation.HTML.RuntimeError", "Display.ElementSelected", "GameEngine.InputHandlerEvent",
        "CustomInterfaceController.EventsReceived", "CustomInterfaceController.Expired", "Messaging.MessageReceived",
        "Reminders.ReminderCreated", "Reminders.ReminderDeleted", "Reminders.ReminderStarted",
        "Reminders.ReminderStatusChanged", "Reminders.ReminderUpdated", "AlexaHouseholdListEvent.ItemsCreated",
        "AlexaHouseholdListEvent.ItemsDeleted", "AlexaHouseholdListEvent.ItemsUpdated",
        "AlexaHouseholdListEvent.ListCreated", "AlexaHouseholdListEvent.ListDeleted",
        "AlexaHouseholdListEvent.ListUpdated", "AlexaSkillEvent.SkillAccountLinked",
        "AlexaSkillEvent.SkillDisabled", "AlexaSkillEvent.SkillEnabled", "AlexaSkillEvent.SkillPermissionAccepted",
        "AlexaSkillEvent.SkillPermissionChanged", "AlexaSkillEvent.ProactiveSubscriptionChanged",
        "Alexa.Authorization.Grant", "Alexa.DataStore.PackageManager.UsagesInstalled",
        "Alexa.Smart.Vision.SnapshotProvider.GetSnapshotRequest", "Dialog.InputRequest", "Dialog.InvokeAPI",
        "Dialog.DelegateRequest", "Dialog.API.Invoked", "LaunchRequest.Later", "", "🎉",
    ]

    static var context: SkillContext {
        SkillContext(
            deadline: .now + .seconds(10), callDeadline: .now + .seconds(9),
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
    }
}
