import JSON

/// Alexa's rules for responses; it drops any that breaks one, and reports only that the skill did not respond.
package enum ResponseRules {
    /// Returns a sentence for each rule that the response breaks; none when it may be sent.
    ///
    /// - Parameter takesPlainAudio: True when a stream's URL may be http, like a local S3's.
    package static func faults(in response: Response, to request: Request, takesPlainAudio: Bool = false) -> [String] {
        var faults = general(response) + plays(response, takesPlainAudio)
        switch request.kind {
        case .sessionEnded, .exceptionEncountered:
            if !response.isEmpty { faults.append("\(request.type) takes an empty response.") }
        case .audioPlayer(let audio):
            faults += audioOnly(response, request)
            faults += audioEvent(response, audio.event)
        case .playbackController: faults += audioOnly(response, request)
        default: break
        }
        if response.canFulfill != nil {
            guard case .canFulfill = request.kind else {
                return faults + ["canFulfillIntent answers a CanFulfillIntentRequest only."]
            }
        }
        return faults
    }

    private static func general(_ response: Response) -> [String] {
        var faults: [String] = []
        let dialogs = response.directives.filter { $0.type.hasPrefix("Dialog.") }
        if !dialogs.isEmpty, response.shouldEndSession != false {
            faults.append("A Dialog directive needs shouldEndSession false.")
        }
        if dialogs.count(where: { $0.type != "Dialog.UpdateDynamicEntities" }) > 1 {
            faults.append("A response has one directive that asks.")
        }
        if dialogs.contains(where: { $0.type == "Dialog.Delegate" }), response.speech != nil || response.reprompt != nil
        {
            faults.append("Dialog.Delegate carries no speech.")
        }
        if response.reprompt != nil, response.shouldEndSession != false {
            faults.append("A reprompt needs shouldEndSession false.")
        }
        for speech in [response.speech, response.reprompt] {
            if let speech, speech.ssml.unicodeScalars.count > 8000 {
                faults.append("Speech has at most 8,000 characters.")
            }
        }
        return faults
    }

    private static func plays(_ response: Response, _ takesPlainAudio: Bool) -> [String] {
        var faults: [String] = []
        let plays = response.directives.filter { $0.type == "AudioPlayer.Play" }
        if plays.count > 1 { faults.append("A response has one AudioPlayer.Play.") }
        if !plays.isEmpty, response.shouldEndSession == false {
            faults.append("AudioPlayer.Play needs shouldEndSession true.")
        }
        for play in plays {
            let stream = play.json["audioItem"]?["stream"]
            let url = stream?["url"]?.string?.lowercased() ?? ""
            if !url.hasPrefix("https://"), !(takesPlainAudio && url.hasPrefix("http://")) {
                faults.append("A stream's url must be https.")
            }
            let token = stream?["token"]?.string ?? ""
            if token.isEmpty || token.unicodeScalars.count > AudioStream.maximumTokenCharacters {
                faults.append("A stream's token has 1 to 1,024 characters.")
            }
            if (stream?["offsetInMilliseconds"]?.int ?? -1) < 0 { faults.append("A stream's offset is 0 or more.") }
            let isEnqueued = play.json["playBehavior"]?.string == "ENQUEUE"
            if isEnqueued != (stream?["expectedPreviousToken"] != nil) {
                faults.append("expectedPreviousToken is there exactly when a stream is enqueued.")
            }
        }
        return faults
    }

    private static func audioOnly(_ response: Response, _ request: Request) -> [String] {
        var faults: [String] = []
        if response.speech != nil || response.reprompt != nil || response.card != nil {
            faults.append("\(request.type) takes no speech, reprompt or card.")
        }
        if response.shouldEndSession != nil, case .audioPlayer = request.kind {
            faults.append("\(request.type) takes no shouldEndSession.")
        }
        if !response.directives.allSatisfy({ $0.type.hasPrefix("AudioPlayer.") }) {
            faults.append("\(request.type) takes AudioPlayer directives only.")
        }
        return faults
    }

    private static func audioEvent(_ response: Response, _ event: String) -> [String] {
        switch event {
        case "PlaybackStarted", "PlaybackFinished":
            response.directives.contains { $0.type == "AudioPlayer.Play" }
                ? ["\(event) takes Stop and ClearQueue, no Play."] : []
        case "PlaybackStopped": response.isEmpty ? [] : ["PlaybackStopped takes nothing."]
        case "PlaybackNearlyFinished":
            response.directives.contains {
                $0.type == "AudioPlayer.Play" && $0.json["playBehavior"]?.string == "REPLACE_ALL"
            } ? ["PlaybackNearlyFinished enqueues: REPLACE_ALL would cut off what plays."] : []
        default: []
        }
    }
}
