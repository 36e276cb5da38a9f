import Calling
import Testing

@testable import AWS

struct AWSErrorTests {
    @Test func `each outcome says what became of the call`() {
        #expect(
            AWSError(service: "SES", action: "SendEmail", status: 503, outcome: .refused).description
                == "SES refused SendEmail: status 503.")
        #expect(
            AWSError(service: "SES", action: "SendEmail", outcome: .notSent, detail: "no route").description
                == "SES could not be reached for SendEmail: no route.")
        #expect(
            AWSError(service: "SES", action: "SendEmail", outcome: .notSent, detail: "No route.").description
                == "SES could not be reached for SendEmail: No route.")
        #expect(
            AWSError(service: "SES", action: "SendEmail", outcome: .unknown).description
                == "SES gave no readable response to SendEmail, which may have been carried out.")
    }

    @Test func `only a refusal is throttling`() {
        #expect(AWSError(status: 429, outcome: .refused).isThrottling)
        #expect(AWSError(status: 400, code: "SlowDown", outcome: .refused).isThrottling)
        #expect(!AWSError(status: 400, code: "MessageRejected", outcome: .refused).isThrottling)
        #expect(!AWSError(status: 503, outcome: .refused).isThrottling)
        #expect(!AWSError(code: "SlowDown", outcome: .unknown).isThrottling)
    }

    @Test func `an unknown outcome is never retryable`() {
        #expect(!AWSError(status: 200, outcome: .unknown, isPassing: true).isRetryable)
        #expect(AWSError(outcome: .notSent, isPassing: true).isRetryable)
        #expect(!AWSError(outcome: .notSent).isRetryable)
    }
}
