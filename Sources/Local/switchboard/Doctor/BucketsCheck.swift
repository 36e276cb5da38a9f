import AWS
import LambdaRuntime

/// The buckets that the variables name: there, in the functions' region, to be listed, and with something in them.
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
                // The rest behind {language} differs from listener to listener.
                let prefix = environment[prefix].map { $0.split(separator: "{", omittingEmptySubsequences: false)[0] }
                let isAudio = function == "AlexaJokebox"
                findings.append(
                    await finding(variable, bucket, String(prefix ?? ""), client, deadline, isAudio: isAudio))
            }
        }
        guard !findings.isEmpty else { throw MissingSetting("set AUDIO_BUCKET, RECORDINGS_BUCKET") }
        return findings
    }

    private func finding(
        _ variable: String, _ bucket: String, _ prefix: String, _ client: S3Client,
        _ deadline: ContinuousClock.Instant, isAudio: Bool
    ) async -> Finding {
        let subject = "bucket \(bucket)"
        do {
            var pages = client.pages(of: bucket, prefix: prefix, pageSize: 1, deadline: deadline).makeAsyncIterator()
            let page = try await pages.next()
            // Recordings come with the first call.
            guard !isAudio || page?.objects.isEmpty == false else {
                return .mend(subject, "there is no object under AUDIO_PREFIX: upload audio, or give its prefix")
            }
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
}
