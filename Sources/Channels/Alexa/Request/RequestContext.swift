package import JSON

/// The state of the device and the service when the request was made.
package struct RequestContext: Sendable {
    package let system: System
    /// The state of the audio player; nil without that interface.
    package let audioPlayer: AudioPlayer?
    /// The whole context, for members such as `json["Viewport"]`.
    package let json: JSONValue

    init(_ json: JSONValue) {
        system = System(json["System"] ?? [:])
        audioPlayer = json["AudioPlayer"].map(AudioPlayer.init)
        self.json = json
    }

    /// The skill, its user, and the access to Alexa's API.
    package struct System: Sendable {
        package let applicationID: String?
        package let user: User?
        package let deviceID: String?
        package let personID: String?
        /// The base URL of Alexa's API, used as given.
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

    /// The stream that the audio player plays, or played last.
    package struct AudioPlayer: Sendable {
        package let token: String?
        /// The position in the stream, at least 0; 0 when that is missing or invalid.
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
