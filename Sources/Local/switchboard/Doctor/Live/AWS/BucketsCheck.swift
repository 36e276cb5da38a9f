import AWS
import Foundation
import Settings

/// The check of the buckets that the variables name: that they exist, in the functions' region, may be listed, and are
/// not empty.
struct BucketsCheck: LiveCheck {
    let subject = "buckets"
    let settings: LiveSettings

    private static let buckets = [
        (variable: "AUDIO_BUCKET", prefix: "AUDIO_PREFIX", function: "AlexaJokebox"),
        (variable: "RECORDINGS_BUCKET", prefix: "RECORDINGS_PREFIX", function: "ConnectRecording"),
    ]

    func look(deadline: ContinuousClock.Instant) async throws -> [Finding] {
        var findings: [Finding] = []
        for (variable, prefix, function) in Self.buckets {
            for (bucket, environment) in try settings.values(of: variable, for: [function]) {
                let probe = try AWSProbe(environment, deadline: deadline)
                let client = S3Client(AWSClient(configuration: probe.configuration))
                let isAudio = function == "AlexaJokebox"
                findings.append(
                    await finding(
                        on: bucket, of: variable, prefix: environment[prefix] ?? "", client: client, deadline: deadline
                    ) { prefix in
                        isAudio
                            ? try await Self.audioFault(
                                in: bucket, prefix: prefix, environment: environment, client: client, deadline: deadline
                            ) : nil
                    })
            }
        }
        guard !findings.isEmpty else { throw MissingSetting("set AUDIO_BUCKET, RECORDINGS_BUCKET") }
        return findings
    }

    private func finding(
        on bucket: String, of variable: String, prefix: String, client: S3Client,
        deadline: ContinuousClock.Instant, fault: (_ prefix: String) async throws -> String?
    ) async -> Finding {
        let subject = "bucket \(bucket)"
        do {
            // The rest after {language} differs from listener to listener.
            let start = prefix.split(separator: "{", omittingEmptySubsequences: false).first.map(String.init) ?? ""
            var pages = client.pages(of: bucket, prefix: start, pageSize: 1, deadline: deadline).makeAsyncIterator()
            _ = try await pages.next()
            // Recordings come with the first call.
            if let fault = try await fault(prefix) { return .mend(subject, fault) }
            return .ok(subject, "can be listed")
        } catch let error as AWSError {
            switch error.code {
            case "NoSuchBucket":
                return .mend(subject, "\(variable) names a bucket that does not exist: create it, or name another")
            case "PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException":
                return .mend(subject, "it is in another region (\(error.detail ?? "see S3's console")): deploy there")
            case "InvalidBucketName":
                return .mend(subject, "\(variable) must be a bucket's name, neither a URL nor an ARN")
            default: return .mend(subject, error.remedy)
            }
        } catch {
            return .mend(subject, "it failed with \(type(of: error))")
        }
    }

    /// The languages in which the skill is published.
    private static let languages = ["en", "de", "es"]
    /// The maximum number of pages of a listing that are searched for audio.
    private static let mostPages = 10

    /// Returns the reason why the skill cannot play audio to each of its listeners; nil when there is none.
    private static func audioFault(
        in bucket: String, prefix: String, environment: Environment, client: S3Client,
        deadline: ContinuousClock.Instant
    ) async throws -> String? {
        let extensions = (environment["AUDIO_EXTENSIONS"] ?? ".mp3,.m4a,.aac").split(separator: ",")
            .map { $0.filter { !$0.isWhitespace }.lowercased() }.map { $0.hasPrefix(".") ? $0 : ".\($0)" }
        func hasAudio(_ prefix: String) async throws -> (audio: Bool, any: Bool) {
            var (any, count) = (false, 0)
            for try await page in client.pages(of: bucket, prefix: prefix, deadline: deadline) {
                any = any || !page.objects.isEmpty
                count += 1
                let isPlayable = page.objects.contains { object in
                    extensions.contains { object.key.lowercased().hasSuffix($0) }
                }
                if isPlayable || count == mostPages && !page.isLast { return (true, true) }
            }
            return (false, any)
        }
        let parts = prefix.components(separatedBy: "{language}")
        var (without, any): ([String], Bool) = ([], false)
        let languages = parts.count > 1 ? Self.languages : [""]
        for language in languages {
            let found = try await hasAudio(parts.joined(separator: language))
            if !found.audio { without.append(language) }
            any = any || found.any
        }
        guard !without.isEmpty else { return nil }
        guard without == languages else {
            let list = without.joined(separator: ", ")
            return "there is no audio under AUDIO_PREFIX for \(list): upload some"
        }
        return any
            ? "nothing under AUDIO_PREFIX can be played: upload audio that AUDIO_EXTENSIONS allows, "
                + extensions.joined(separator: ", ")
            : "there is no object under AUDIO_PREFIX: upload audio, or give its prefix"
    }
}
