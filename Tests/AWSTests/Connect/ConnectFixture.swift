import Calling
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import AWS

/// A client of an instance in another Region than the environment's, in front of a scripted server, with a clock that
/// sleeping moves.
struct ConnectFixture {
    static let arn = "arn:aws:connect:us-west-2:123456789012:instance/2f0f1c5e-1d2b-4c3a-9b8a-7c6d5e4f3a2b"

    let server: ScriptedServer
    let client: ConnectClient
    let clock = VirtualClock()

    init(_ answers: ScriptedServer.Response...) throws {
        let left = Mutex(answers)
        try self.init { _ in left.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] } }
    }

    init(_ answer: @escaping @Sendable (ScriptedServer.Request) -> ScriptedServer.Response) throws {
        server = try .answering { answer($0) }
        let instance = try #require(ConnectInstance(arn: Self.arn))
        let endpoint = Endpoint(scheme: "http", authority: server.authority)
        let configuration = AWSConfiguration(
            region: "eu-central-1", credentials: ClientFixture.credentials, endpoints: [.connect: endpoint])
        client = ConnectClient(AWSClient(configuration: configuration, timing: clock.timing), instance: instance)
    }
}

/// Clocks that sleeping moves, and nothing else.
final class VirtualClock: Sendable {
    private let passed = Mutex(Duration.zero)
    private let slept = Mutex<[Duration]>([])
    private let start = ContinuousClock.now

    var timing: CallTiming {
        CallTiming(
            wall: { .seconds(1_798_761_600) + self.passed.withLock(\.self) },
            instant: { self.start + self.passed.withLock(\.self) }, random: { .max },
            sleep: { pause in
                self.slept.withLock { $0.append(pause) }
                self.advance(by: pause)
            })
    }

    var waits: [Duration] { slept.withLock(\.self) }
    var elapsed: Duration { passed.withLock(\.self) }
    func advance(by time: Duration) { passed.withLock { $0 += time } }
}
