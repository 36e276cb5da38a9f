import Synchronization

/// SES, SNS, End User Messaging and DynamoDB on one loopback port; records requests and fails on demand.
///
/// DynamoDB is atomic and strict: unlike moto's, two conditional writes never both win, and an expression that is
/// unknown to this double is refused.
package final class AWSDouble: Sendable {
    /// An operation, by AWS's name.
    package enum Operation: String, Sendable {
        case sendEmail = "SendEmail"
        case publish = "Publish"
        case checkOptOut = "CheckIfPhoneNumberIsOptedOut"
        case sendTextMessage = "SendTextMessage"
        case getItem = "GetItem"
        case putItem = "PutItem"
        case deleteItem = "DeleteItem"
    }

    /// The treatment of one request.
    package enum Behaviour: Sendable {
        /// The operation is carried out, with a response.
        case normal
        /// The operation is carried out, with a response this many milliseconds later.
        case slow(milliseconds: Int)
        /// The operation is refused.
        case refuse(status: Int, code: String, reason: String? = nil)
        /// The operation is carried out, but the response is an error.
        case refuseAfterDoing(status: Int)
        /// The operation is carried out, without any response.
        case hang
        /// The operation is carried out, and the connection reset instead of a response.
        case resetAfterDoing
        /// The operation is carried out, and the connection reset in the middle of the response's body.
        case resetMidBody
        /// The operation is carried out, and the response is 200 with an unreadable body.
        case unreadable
    }

    package struct Call: Sendable {
        package let operation: Operation
        /// The body as received.
        package let body: String
    }

    struct State {
        var items: [String: DynamoDBItem] = [:]
        var calls: [Call] = []
        /// The number of calls of each operation.
        var counts: [Operation: Int] = [:]
        var sends = 0
        var behaviour: @Sendable (_ operation: Operation, _ number: Int) -> Behaviour = { _, _ in .normal }
        var optedOut: Set<String> = []
    }

    let state = Mutex(State())
    private let server: Mutex<ScriptedServer?> = Mutex(nil)
    package let port: Int

    package init() throws {
        final class Link: Sendable { let double = Mutex<WeakDouble?>(nil) }
        let link = Link()
        let server = try ScriptedServer { connection in
            while let request = try connection.readRequest() {
                guard let double = link.double.withLock({ $0?.value }) else { return }
                guard try double.serve(request, on: connection) else { return }
            }
        }
        self.port = server.port
        self.server.withLock { $0 = server }
        link.double.withLock { $0 = WeakDouble(value: self) }
    }

    /// The variables that point a function to it.
    package var environment: [String: String] {
        [
            "AWS_REGION": "eu-central-1", "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "secret",
            "AWS_ENDPOINT_URL": "http://127.0.0.1:\(port)", "IDEMPOTENCY_TABLE": "switchboard-idempotency",
        ]
    }

    /// Sets the behaviour for each request; `number` counts the requests of one operation from 1.
    package func behave(_ behaviour: @escaping @Sendable (_ operation: Operation, _ number: Int) -> Behaviour) {
        state.withLock { $0.behaviour = behaviour }
    }

    /// Adds a number that `CheckIfPhoneNumberIsOptedOut` reports as opted out.
    package func optOut(_ number: String) {
        state.withLock { _ = $0.optedOut.insert(number) }
    }

    /// Every request so far.
    package var calls: [Call] { state.withLock(\.calls) }

    /// Returns the bodies of the requests of one operation.
    package func bodies(of operation: Operation) -> [String] {
        calls.filter { $0.operation == operation }.map(\.body)
    }

    /// The number of messages that were sent, whatever the response.
    package var sendCount: Int { state.withLock(\.sends) }

    package func stop() {
        server.withLock { $0?.stop() }
    }
}

struct WeakDouble: Sendable {
    weak let value: AWSDouble?
}
