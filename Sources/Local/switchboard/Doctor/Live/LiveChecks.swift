/// The checks of `switchboard doctor --live`.
struct LiveChecks {
    private let settings: LiveSettings
    private let project: Project?

    /// Functions of `project` are started; of nil, none.
    init(settings: DoctorSettings, project: Project? = nil, patience: Duration? = nil) {
        self.project = project
        self.settings = LiveSettings(variables: settings, patience: patience ?? .seconds(12))
    }

    var all: [any DoctorCheck] {
        [
            IdentityCheck(settings: settings), MailCheck(settings: settings), SendersCheck(settings: settings),
            TextMessagesCheck(settings: settings), TextSettingsCheck(settings: settings),
            TablesCheck(settings: settings), BucketsCheck(settings: settings), SecretsCheck(settings: settings),
            ConnectInstanceCheck(settings: settings), GuideCheck(settings: settings),
            MetricsQueuesCheck(settings: settings),
            SalesforceCheck(settings: settings), WrapperCheck(settings: settings), SkillsCheck(settings: settings),
            VoiceItCheck(settings: settings), TwilioCheck(settings: settings),
        ] + (project.map { [StartCheck(project: $0, settings: settings)] } ?? [])
    }
}
