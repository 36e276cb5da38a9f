import JSON

/// Requests that the device sends by itself, without a session, and the effects of their responses.
extension Conversation {
    /// The maximum number of requests while no second is played; more mean that a skill and a device keep each other
    /// busy.
    static let requestsAtOnce = 30

    /// Sends a request about the stream that plays or played last.
    mutating func tell(_ type: String) async {
        await report(
            [
                "type": .string(type), "token": .string(player.token ?? ""),
                "offsetInMilliseconds": .number(player.offset),
            ])
    }

    mutating func tell(_ failure: AudioClip.Failure, of stream: PlayedStream) async {
        await report([
            "type": "AudioPlayer.PlaybackFailed", "token": .string(stream.token),
            "error": ["type": .string(failure.kind.rawValue), "message": .string(failure.message)],
            "currentPlaybackState": player.context,
        ])
    }

    /// Sends a request without a session, and carries out its response.
    mutating func report(_ request: [String: JSONValue]) async {
        guard reported < Self.requestsAtOnce else {
            lines.append("(The device sends no more: the skill has kept it busy with \(reported) requests.)")
            return
        }
        reported += 1
        let type = request["type"]?.string ?? ""
        let stream = latestStream.flatMap { .string($0.token) == request["token"] ? $0 : nil }
        events?.reported(request, of: stream, key: stream?.key(in: bucket))
        let detail = request["error"]?["type"]?.string.map { " \($0)" }
        lines.append("Device: \(type)\(detail ?? request["offsetInMilliseconds"]?.int.map(Self.place) ?? "")")
        var request = request
        let id = AlexaRequests.requestID()
        request["requestId"] = .string(id)
        guard let response = await exchange(requests.event(request, nil, player: player.context))?["response"] else {
            return
        }
        do throws(PlayerFault) {
            await obey(player: try PlayerResponse.directives(of: response, to: type))
        } catch {
            lines.append("(\(error).)")
            guard type != "System.ExceptionEncountered" else { return }
            await report([
                "type": "System.ExceptionEncountered", "cause": ["requestId": .string(id)],
                "error": ["type": "INVALID_RESPONSE", "message": .string("\(error).")],
            ])
        }
    }

    /// Returns a position in the form ` at 4.5 s`.
    static func place(_ milliseconds: Int) -> String {
        let seconds = Double(milliseconds) / 1000
        return " at \(seconds == seconds.rounded() ? "\(Int(seconds))" : "\(seconds)") s"
    }
}
