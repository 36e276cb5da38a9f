package import JSON

/// The state of the device and the service when the request was made.
package struct RequestContext: Sendable {
    package let system: System
    /// What the audio player does; nil without that interface.
    package let audioPlayer: AudioPlayer?
    /// The whole context; `json["Viewport"]` and the like.
    package let json: JSONValue

    init(_ json: JSONValue) {
        system = System(json["System"] ?? [:])
        audioPlayer = json["AudioPlayer"].map(AudioPlayer.init)
        self.json = json
    }

    /// The skill, who uses it, and how to call Alexa back.
    package struct System: Sendable {
        package let applicationID: String?
        package let user: User?
        package let deviceID: String?
        package let personID: String?
        /// Where Alexa's own API is reached, used as given.
        package let apiEndpoint: String?
        /// The bearer token for `apiEndpoint`; a secret.
        package let apiAccessToken: String?
        /// The names of the interfaces that the device supports, such as `AudioPlayer`.
        package let supportedInterfaces: Set<String>

        init(_ json: JSONValue) {
            applicationID = json["application"]?["applicationId"]?.string
            user = json["user"].map(User.init)
            deviceID = json["device"]?["deviceId"]?.string
            personID = json["person"]?["personId"]?.string
            apiEndpoint = json["apiEndpoint"]?.string
            apiAccessToken = json["apiAccessToken"]?.string
            supportedInterfaces = Set((json["device"]?["supportedInterfaces"]?.object ?? [:]).keys)
        }
    }

    /// What the audio player plays, or played last.
    package struct AudioPlayer: Sendable {
        package let token: String?
        /// Where it is or stopped, at least 0; 0 when that is missing or nonsense.
        package let offsetInMilliseconds: Int
        /// `PLAYING`, `PAUSED`, `STOPPED`, `FINISHED`, `BUFFER_UNDERRUN`, `IDLE` or a later one.
        package let playerActivity: String?

        init(_ json: JSONValue) {
            token = json["token"]?.string
            offsetInMilliseconds = max(json["offsetInMilliseconds"]?.int ?? 0, 0)
            playerActivity = json["playerActivity"]?.string
        }
    }
}
