import AWS
import AmazonConnect
import LambdaRuntime
import Settings

/// A link to an object of a bucket, for a text message.
struct PriceList: LambdaFunction {
    struct Output: Encodable { let link: String }
    private let bucket: String
    private let s3: S3Client

    init(environment: Environment) throws {
        let (bucket, aws) = try environment.read(
            .required("PRICES_BUCKET", "the bucket with prices.pdf"), AWSConfiguration.variable)
        self.bucket = bucket
        s3 = S3Client(AWSClient(configuration: aws))
    }

    func handle(_ event: ContactFlowEvent, context: LambdaContext) async throws -> Output {
        Output(link: s3.presignedURL(bucket: bucket, key: "prices.pdf", expiresIn: 3600))
    }
}
