/// Everything that `switchboard doctor --live` asks.
struct LiveChecks {
    private let settings: LiveSettings

    init(settings: DoctorSettings, patience: Duration? = nil) {
        self.settings = LiveSettings(variables: settings, patience: patience ?? .seconds(12))
    }

    var all: [any DoctorCheck] {
        [
            IdentityCheck(settings: settings), MailCheck(settings: settings), SendersCheck(settings: settings),
            TextMessagesCheck(settings: settings), ConnectInstanceCheck(settings: settings),
            GuideCheck(settings: settings), SalesforceCheck(settings: settings), VoiceItCheck(settings: settings),
            TwilioCheck(settings: settings),
        ]
    }
}
