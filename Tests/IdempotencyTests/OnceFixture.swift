import AWS
import Calling
import HTTPClient
import Idempotency
import LambdaRuntime
import Settings
import Synchronization
import TestSupport

/// `SendOnce` on an AWS double, with a clock that the test sets and a counted send.
final class OnceFixture: Sendable {
    let aws: AWSDouble
    let once: SendOnce
    private let sends = Mutex(0)
    private let lines = Mutex<[String]>([])

    init(_ timing: CallTiming = CallTiming(random: { 0 })) throws {
        aws = try AWSDouble()
        let configuration = try Environment(aws.environment).read(AWSConfiguration.variable)
        let table = IdempotencyTable(
            name: "switchboard-idempotency",
            client: DynamoDBClient(AWSClient(configuration: configuration, timing: timing)))
        let clock = Clock()
        once = SendOnce(table: table, timing: CallTiming(wall: { .seconds(clock.seconds.withLock(\.self)) }))
        self.clock = clock
    }

    private final class Clock: Sendable {
        let seconds = Mutex(1_800_000_000.0)
    }
    private let clock: Clock

    /// Moves the time of day.
    func advance(seconds: Double) {
        clock.seconds.withLock { $0 += seconds }
    }

    var now: Int { Int(clock.seconds.withLock(\.self)) }

    /// The number of calls of the send.
    var sendCount: Int { sends.withLock(\.self) }

    /// The logged lines.
    var log: [String] { lines.withLock(\.self) }

    static let key = key("k")

    /// A key of the caller's, for such content.
    static func key(
        _ key: String, function: String = "Test", template: String = "t", destination: String = "d",
        content: [String] = ["x"]
    ) -> IdempotencyKey {
        IdempotencyKey(
            function: function, given: key, template: template, destination: destination, content: content)
    }

    func context(_ time: Duration = .seconds(3)) -> LambdaContext {
        LambdaContext(
            requestID: "r", deadline: .now + time,
            logging: LogConfiguration { [self] line in
                lines.withLock { $0.append(String(decoding: line, as: UTF8.self)) }
            })
    }

    /// Sends under the key, in an invocation with so much time.
    func send(
        _ key: IdempotencyKey = OnceFixture.key, within time: Duration = .seconds(8), taking duration: Duration = .zero,
        _ answer: @Sendable (Int) throws(DeliveryError) -> SendResult = { number throws(DeliveryError) in
            .sent(Receipt(messageID: "m-\(number)", details: ["parts": "\(number)"]))
        }
    ) async throws(FunctionError) -> SendOutcome {
        do throws(SendOnceError<DeliveryError>) {
            return try await attempt(key, within: time, taking: duration, answer)
        } catch {
            throw FunctionError(error)
        }
    }

    /// Like `send`, but with the details of a failure.
    func attempt(
        _ key: IdempotencyKey = OnceFixture.key, within time: Duration = .seconds(8), taking duration: Duration = .zero,
        _ answer: @Sendable (Int) throws(DeliveryError) -> SendResult = { number throws(DeliveryError) in
            .sent(Receipt(messageID: "m-\(number)", details: ["parts": "\(number)"]))
        }
    ) async throws(SendOnceError<DeliveryError>) -> SendOutcome {
        let context = context(time)
        return try await once(
            key, callDeadline: context.callDeadline, deadline: context.deadline, logger: context.logger
        ) { _ throws(DeliveryError) in
            let number = sends.withLock { count in
                count += 1
                return count
            }
            if duration > .zero { try? await Task.sleep(for: duration) }
            return try answer(number)
        }
    }

    static let refusal = DeliveryError(.rejected, "No.", mayHaveBeenSent: false)
    static let unknown = DeliveryError(.unavailable, "Perhaps.", mayHaveBeenSent: true)
}
