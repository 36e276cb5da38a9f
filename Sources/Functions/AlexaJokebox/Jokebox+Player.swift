import Alexa
import Logging

/// Requests of the audio player itself, whose responses cannot speak.
extension Jokebox {
    /// The maximum number of items tried after one has failed.
    static let mostFailures = 3

    /// Enqueues the next item while looping.
    func nearlyFinished(_ input: HandlerInput) async throws -> Response {
        guard case .audioPlayer(let request) = input.request.kind,
            let finishing = request.token ?? input.envelope.context.audioPlayer?.token, !finishing.isEmpty,
            // Another stream has taken its place, and will nearly finish in its turn.
            DevicePlayback.otherStream(than: finishing, input) == nil
        else { return Response() }
        let player = DevicePlayback(input, rules: library.rules, subject: finishing)
        var state = await PlaybackState.of(player, input, hasTable: hasTable)
        state.note(nearlyFinished: finishing)
        guard state.modes.loop else {
            state.keepHistory(input)
            return Response()
        }
        return Response().directive(try await successor(of: finishing, player, &state, input))
    }

    /// Returns the directive that enqueues the item after a stream.
    func successor(
        of finishing: String, _ player: DevicePlayback, _ state: inout PlaybackState, _ input: HandlerInput
    ) async throws -> Directive {
        let keys = try await library.keys(for: player.language, input.context)
        guard let key = following(player.token?.item, keys, state.modes) else { throw JokeboxError.empty }
        state.add(heard(player.token?.item, keys, state))
        state.keepHistory(input)
        return stream(key, state, failures: player.token?.failures ?? 0, after: finishing)
    }

    /// Continues with another item, three times at most until the listener asks for something.
    func failed(_ input: HandlerInput) async throws -> Response {
        guard case .audioPlayer(let request) = input.request.kind else { return Response() }
        let subject = request.token ?? ""
        let playing = DevicePlayback.otherStream(than: subject, input)
        let player = DevicePlayback(input, rules: library.rules, subject: subject)
        let failures = player.token?.failures ?? 0
        // Without Alexa's message, which may hold the URL.
        let reason = request.error?.type.flatMap { $0.utf8.allSatisfy(Self.isInErrorType) ? $0 : nil } ?? "no type"
        input.context.logger.info("The device failed to play an item: \(reason), \(failures) before it.")
        guard failures < Self.mostFailures else {
            return playing == nil ? Response().directive(.stop) : Response()
        }
        let state = await PlaybackState.of(player, input, hasTable: hasTable)
        let keys = try await library.keys(for: player.language, input.context)
        guard let key = following(player.token?.item, keys, state.modes) else { throw JokeboxError.empty }
        return Response().directive(stream(key, state, failures: failures + 1, after: playing))
    }

    /// Returns the key that follows an item: at random, or in key order.
    func following(_ item: AudioReference?, _ keys: AudioKeys, _ modes: PlayModes) -> String? {
        modes.shuffle ? keys.any(but: item, random) : keys.following(item)
    }

    /// An item as it is remembered: the table needs the key of one that a token has by its hash.
    func heard(_ item: AudioReference?, _ keys: AudioKeys, _ state: PlaybackState) -> AudioReference? {
        guard let item, item.key == nil, state.isKept else { return item }
        return keys.index(of: item).map { .key(keys[$0]) }
    }

    /// Plays an item under a new token: at once, or after the current stream.
    func stream(
        _ key: String, _ state: PlaybackState, failures: Int = 0, offset: Int = 0, after playing: String? = nil
    ) -> Directive {
        let token = PlayToken(item: .key(key), modes: state.modes, failures: failures, history: state.history)
        return .play(
            AudioStream(url: library.url(of: key), token: token.text(random), offsetInMilliseconds: offset),
            playing.map { .enqueue(after: $0) } ?? .replaceAll)
    }

    private static func isInErrorType(_ byte: UInt8) -> Bool {
        (0x41...0x5a).contains(byte) || byte == UInt8(ascii: "_")
    }
}
