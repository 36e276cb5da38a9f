import Alexa

/// Requests of listeners, by voice or by a button: each resets the count of failures.
extension Jokebox {
    /// Plays another item, announced.
    func joke(_ input: HandlerInput) async throws -> Response {
        let player = DevicePlayback(input, rules: library.rules)
        var state = await PlaybackState.of(player, input, hasTable: hasTable)
        let keys = try await library.keys(for: player.language, input.context)
        let key = keys.any(but: player.token?.item, random)
        return Response(Self.speech(input, .welcome)).directive(try go(to: key, from: player, keys, &state, input))
    }

    /// Plays the next item, without a word.
    func next(_ input: HandlerInput) async throws -> Response {
        let player = DevicePlayback(input, rules: library.rules)
        var state = await PlaybackState.of(player, input, hasTable: hasTable)
        let keys = try await library.keys(for: player.language, input.context)
        let key = following(player.token?.item, keys, state.modes)
        return Response().directive(try go(to: key, from: player, keys, &state, input))
    }

    /// Plays the item heard before, else the one before in key order.
    func previous(_ input: HandlerInput) async throws -> Response {
        let player = DevicePlayback(input, rules: library.rules)
        var state = await PlaybackState.of(player, input, hasTable: hasTable)
        var keys: AudioKeys?
        while state.modes.shuffle, !state.history.isEmpty {
            let earlier = state.history.removeFirst()
            if let item = player.token?.item, earlier.isSame(as: item) { continue }
            if keys == nil, earlier.key == nil { keys = try await library.keys(for: player.language, input.context) }
            guard let key = earlier.key ?? keys.flatMap({ keys in keys.index(of: earlier).map { keys[$0] } }),
                library.rules.allows(key, language: player.language)
            else { continue }
            state.keepHistory(input)
            return Response().directive(stream(key, state))
        }
        let all: AudioKeys
        if let keys { all = keys } else { all = try await library.keys(for: player.language, input.context) }
        let hasNone = state.modes.shuffle && player.token == nil
        guard let key = hasNone ? all.any(but: nil, random) : all.preceding(player.token?.item) else {
            throw JokeboxError.empty
        }
        state.keepHistory(input)
        return Response().directive(stream(key, state))
    }

    /// Resumes an interrupted stream at its position.
    func resume(_ input: HandlerInput) async throws -> Response {
        let player = DevicePlayback(input, rules: library.rules)
        guard let directive = try await again(player, offset: player.offset, input) else {
            return Self.ask(input, .nothingToPlay)
        }
        return Response(Self.speech(input, .resuming)).directive(directive)
    }

    /// Plays the item from its beginning.
    func startOver(_ input: HandlerInput) async throws -> Response {
        let player = DevicePlayback(input, rules: library.rules)
        guard let directive = try await again(player, offset: 0, input) else {
            return Self.ask(input, .nothingToPlay)
        }
        return Response().directive(directive).endingSession(true)
    }

    /// The play button: resumes an interrupted stream, else plays any item, for no question can be asked.
    func play(_ input: HandlerInput) async throws -> Response {
        let player = DevicePlayback(input, rules: library.rules)
        if let directive = try await again(player, offset: player.offset, input) {
            return Response().directive(directive)
        }
        return try await next(input)
    }

    /// Changes loop or shuffle, stored in the table, else carried by a new token of the current stream.
    func change(
        _ input: HandlerInput, _ sentence: JokeboxSentence, _ set: (inout PlayModes) -> Void
    ) async throws -> Response {
        let player = DevicePlayback(input, rules: library.rules)
        var state = await PlaybackState.of(player, input, hasTable: hasTable)
        let wasLooping = state.modes.loop
        set(&state.modes)
        if state.isKept || state.isLost {
            guard await state.keepModes(input) else { return Response(Self.speech(input, .notKept)) }
            let response = Response(Self.speech(input, sentence))
            if player.hasFailures, let key = try await current(player, input) {
                return response.directive(stream(key, state, offset: player.offset))
            }
            // The next item may be enqueued already, and would be played nevertheless.
            if sentence == .loopOff { return response.directive(.clearEnqueued) }
            // The device has asked for the next item already, got none, and asks no more.
            if state.modes.loop, !wasLooping, player.hasStream, let token = player.rawToken,
                state.hasNearlyFinished(token)
            {
                return response.directive(try await successor(of: token, player, &state, input))
            }
            return response
        }
        guard player.hasStream, let key = try await current(player, input) else {
            return Self.ask(input, .onlyWhilePlaying)
        }
        return Response(Self.speech(input, sentence)).directive(stream(key, state, offset: player.offset))
    }

    /// The player's item once more, under a new token; nil when there is none. Lists only what a hash stands for.
    func again(_ player: DevicePlayback, offset: Int, _ input: HandlerInput) async throws -> Directive? {
        guard let token = player.token, let key = try await current(player, input) else { return nil }
        var again = PlayToken(item: .key(key), modes: token.modes, history: token.history)
        again.failures = 0
        return .play(AudioStream(url: library.url(of: key), token: again.text(random), offsetInMilliseconds: offset))
    }

    /// The key of the player's item; nil when there is none, or its hash is not of any object.
    private func current(_ player: DevicePlayback, _ input: HandlerInput) async throws -> String? {
        guard let item = player.token?.item else { return nil }
        if let key = item.key { return key }
        let keys = try await library.keys(for: player.language, input.context)
        return keys.index(of: item).map { keys[$0] }
    }

    private func go(
        to key: String?, from player: DevicePlayback, _ keys: AudioKeys, _ state: inout PlaybackState,
        _ input: HandlerInput
    ) throws -> Directive {
        guard let key else { throw JokeboxError.empty }
        state.add(heard(player.token?.item, keys, state))
        state.keepHistory(input)
        return stream(key, state)
    }
}
