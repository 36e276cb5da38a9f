import Encoding
import Calling
import Twilio
import TwilioREST

/// `TWILIO_MEDIA_HOSTS`: the origins that recordings may be fetched from, and credentials be sent to.
struct MediaHosts: Sendable, Equatable {
    static let standard = MediaHosts(origins: [Endpoint(scheme: "https", authority: "api.twilio.com")])

    /// The origins, at least one.
    let origins: [Endpoint]

    private init(origins: [Endpoint]) {
        self.origins = origins
    }

    /// Reads a comma-separated list of hosts, with or without a port, which mean https, and of whole origins:
    /// https, or http of a loopback host.
    init?(parsing text: String) {
        var origins: [Endpoint] = []
        for part in text.split(separator: ",") {
            let name = part.filter { $0 != " " && $0 != "\t" }
            if name.isEmpty { continue }
            guard let origin = Endpoint(outside: name.containsBytes(of: "://") ? name : "https://\(name)"),
                origin.basePath.isEmpty
            else { return nil }
            origins.append(origin)
        }
        guard !origins.isEmpty else { return nil }
        self.origins = origins
    }

    /// Returns the recording's location, by the request's members; nil when that is a host not in the list.
    ///
    /// `RecordingUrl` is never fetched as given; it only selects one of the configured origins, and may name the
    /// account and the format. A URL of Twilio's own host means the first origin of the list, which the operator has
    /// configured instead; also one of plain http, which Twilio has long reported.
    func place(of recording: SID, _ request: TwilioRequest, account: SID) -> TwilioRecording? {
        let url = request.recordingURL.flatMap(URLParts.init)
        var origin = origins[0]
        if request.recordingURL != nil {
            guard let url, url.userInfo == nil,
                let named = Endpoint(parsing: "\(url.scheme)://\(url.host)\(url.port.map { ":\($0)" } ?? "")")
            else { return nil }
            if origins.contains(named) {
                origin = named
            } else if !Self.standard.origins.contains(Endpoint(scheme: "https", authority: named.authority)) {
                return nil
            }
        }
        let named = Self.named(url?.path ?? "", recording)
        return TwilioRecording(
            origin: origin, account: named?.account ?? request.accountSID ?? account, recording: recording,
            format: named?.format ?? "")
    }

    /// Parses `/2010-04-01/Accounts/<AccountSid>/Recordings/<RecordingSid>[.wav]`; nil for any other path.
    private static func named(_ path: String, _ recording: SID) -> (account: SID, format: String)? {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0].isEmpty, parts[1] == "2010-04-01", parts[2] == "Accounts",
            let account = SID(String(parts[3])), parts[4] == "Recordings"
        else { return nil }
        switch String(parts[5]) {
        case recording.text: return (account, "")
        case "\(recording.text).wav": return (account, ".wav")
        default: return nil
        }
    }
}
