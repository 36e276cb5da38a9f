import JSON

/// The device's audio player: the streams it fetches and plays, and its requests to the skill, in a device's order.
///
/// Amazon's pages: "AudioPlayer Interface Reference" and "Playback Controller Interface Reference".
extension Conversation {
    mutating func happen(_ command: DeviceCommand) async {
        switch command {
        case .wait(let time): await pass(time)
        case .button(let button): await report(["type": .string(button.request)])
        case .fail(let count):
            failing = count
            lines.append(count == 1 ? "(The next fetch fails.)" : "(The next \(count) fetches fail.)")
        case .stall:
            player.stall()
            lines.append(
                player.activity == .bufferUnderrun
                    ? "(The stream's data stops.)"
                    : player.isPlaying ? "(The stream's data comes again.)" : "(Nothing is playing.)")
            if player.activity == .playing { speak() } else { speaker?.stop() }
        case .seek(let time): player.seek(to: time)
        }
    }

    /// Lets `milliseconds` pass.
    mutating func pass(_ milliseconds: Int) async {
        let end = time + milliseconds
        var left = milliseconds
        var last = left
        while let event = player.advance(&left) {
            time = end - left
            // A long wait may play many streams; only a skill that plays none is too busy.
            if last - left >= 1000 {
                reported = 0
                last = left
            }
            switch event {
            case .nearlyFinished: await tell("AudioPlayer.PlaybackNearlyFinished")
            case .finished:
                speaker?.stop()
                await tell("AudioPlayer.PlaybackFinished")
                if player.nearlyFinished == .finished, !player.isPlaying {
                    await tell("AudioPlayer.PlaybackNearlyFinished")
                }
                await playNext()
            }
        }
        time = end
    }

    /// Interrupts the stream while Alexa listens and responds.
    mutating func interrupt() async {
        guard player.isPlaying else { return }
        player.pause()
        speaker?.stop()
        await tell("AudioPlayer.PlaybackStopped")
    }

    /// Resumes the stream afterwards, unless the skill gave another order.
    mutating func goOn() async {
        guard session == nil, player.activity == .paused else { return }
        player.resume()
        speak()
        await tell("AudioPlayer.PlaybackStarted")
    }

    /// Carries out the audio player's directives of one response, which `PlayerResponse` has validated.
    mutating func obey(player directives: [JSONValue]) async {
        for directive in directives {
            if let stream = try? PlayedStream(directive) {
                await play(stream)
                continue
            }
            let clears = PlayerResponse.name(directive) == "AudioPlayer.ClearQueue"
            if clears { player.clearQueue() }
            guard directive["clearBehavior"] != "CLEAR_ENQUEUED" else {
                lines.append("Clears the enqueued streams.")
                continue
            }
            lines.append(clears ? "Clears the queue." : "Stops playing.")
            await stop()
        }
    }

    // MARK: Playing

    private mutating func play(_ stream: PlayedStream) async {
        var stream = stream
        stream.arrival = time
        switch stream.behavior {
        case .enqueue where stream.expectedPreviousToken != player.token:
            lines.append("(Not enqueued: \(stream.key(in: bucket)) names another stream as expectedPreviousToken.)")
        case .enqueue: await enqueue(stream)
        case .replaceEnqueued:
            player.clearQueue()
            await enqueue(stream)
        case .replaceAll:
            player.clearQueue()
            await stop()
            await begin(stream)
        }
    }

    private mutating func stop() async {
        let wasHeard = player.isPlaying
        player.stop()
        speaker?.stop()
        // Speech that interrupted it has already reported that.
        if wasHeard { await tell("AudioPlayer.PlaybackStopped") }
    }

    private mutating func enqueue(_ stream: PlayedStream) async {
        lines.append("Enqueues: \(stream.key(in: bucket))")
        player.enqueue(stream)
        if player.activity != .paused { await playNext() }
    }

    private mutating func playNext() async {
        if !player.isPlaying, let stream = player.next() { await begin(stream) }
    }

    /// Fetches a stream, whose turn has come, and plays it.
    private mutating func begin(_ stream: PlayedStream) async {
        latestStream = stream
        switch await fetched(stream) {
        case .success(let clip):
            player.play(.init(stream: stream, clip: clip))
            lines.append("Plays: \(stream.key(in: bucket))\(Self.place(player.offset))")
            events?.played(stream, key: stream.key(in: bucket))
            speak()
            await tell("AudioPlayer.PlaybackStarted")
        case .failure(let failure):
            player.fail(stream)
            await tell(failure, of: stream)
        }
    }

    private func speak() {
        if let item = player.item { speaker?.play(item.clip, from: player.offset) }
    }

    private mutating func fetched(_ stream: PlayedStream) async -> Result<AudioClip, AudioClip.Failure> {
        guard failing == 0 else {
            failing -= 1
            return .failure(.init(kind: .serviceUnavailable, message: "The stream could not be fetched."))
        }
        if let lifetime = stream.lifetime, time - stream.arrival > lifetime {
            return .failure(.init(kind: .invalidRequest, message: "The server answered 403: the URL has expired."))
        }
        return await fetch(stream.url)
    }
}
