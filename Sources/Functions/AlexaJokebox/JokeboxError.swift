import AWS
import Calling
import Settings

/// The reason why no audio can be played; each has a sentence.
enum JokeboxError: TypedError, Equatable {
    /// The bucket, or its prefix, holds no playable object.
    case empty
    /// There is no such bucket.
    case bucketMissing(AWSError)
    /// The function may not list the bucket, or its credentials are no longer accepted.
    case refused(AWSError)
    /// S3 did not respond in time; nil when only unplayable objects were seen by then.
    case slow(AWSError?)
    /// S3 was not reached, is overloaded or failing.
    case down(AWSError)

    init(_ error: AWSError) {
        switch (error.status, error.code) {
        case (_, "NoSuchBucket"), (_, "InvalidBucketName"), (404, _): self = .bucketMissing(error)
        case (_, "ExpiredToken"), (_, "InvalidToken"), (_, "InvalidAccessKeyId"), (_, "SignatureDoesNotMatch"),
            (301, _), (400, _), (401, _), (403, _):
            self = .refused(error)
        case (nil, _) where error.outcome == .unknown: self = .slow(error)
        default: self = .down(error)
        }
    }

    var errorType: String {
        switch self {
        case .empty: "Function.AudioBucketEmpty"
        case .bucketMissing: "Function.AudioBucketMissing"
        case .refused: "Function.AudioAccessRefused"
        case .slow: "Function.AudioStoreSlow"
        case .down: "Function.AudioStoreUnavailable"
        }
    }

    /// Begins with the type, since it is logged.
    var description: String {
        let sentence =
            switch self {
            case .empty:
                "AUDIO_BUCKET has no audio files under AUDIO_PREFIX: add files with one of AUDIO_EXTENSIONS."
            case .bucketMissing(let error): "\(error) Check AUDIO_BUCKET."
            case .refused(let error):
                "\(error) Check that the function's role may s3:ListBucket and s3:GetObject, AWS_REGION and credentials."
            case .slow(let error?): "\(error) The listing did not begin in time."
            case .slow(nil): "S3 listed only files that cannot be played until time ran out: set AUDIO_PREFIX."
            case .down(let error): "\(error) Try again later."
            }
        return "\(errorType): \(sentence)"
    }

    /// The sentence for it.
    var sentence: JokeboxSentence {
        switch self {
        case .empty: .empty
        case .bucketMissing: .bucketMissing
        case .refused: .refused
        case .slow: .slow
        case .down: .down
        }
    }
}
