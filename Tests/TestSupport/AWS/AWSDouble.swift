import Synchronization

/// SES, SNS, End User Messaging and DynamoDB on one loopback port, recording what arrives and failing as told.
///
/// DynamoDB is atomic and strict: unlike moto's, two conditional writes never both win, and an expression this double
/// does not know is refused.
package final class AWSDouble: Sendable {
    /// An operation, by the name AWS gives it.
    package enum Operation: String, Sendable {
        case sendEmail = "SendEmail"
        case publish = "Publish"
        case checkOptOut = "CheckIfPhoneNumberIsOptedOut"
        case sendTextMessage = "SendTextMessage"
        case getItem = "GetItem"
        case putItem = "PutItem"
        case deleteItem = "DeleteItem"
    }

    /// What to do with one request.
    package enum Behaviour: Sendable {
        /// Does it and answers.
        case normal
        /// Does it and answers, this many milliseconds later.
        case slow(milliseconds: Int)
        /// Does nothing and refuses.
        case refuse(status: Int, code: String, reason: String? = nil)
        /// Does it, and answers that it failed.
        case refuseAfterDoing(status: Int)
        /// Reads the request, does it, and never answers.
        case hang
        /// Does it, and resets the connection instead of answering.
        case resetAfterDoing
        /// Does it, sends a part of the answer's body, and resets the connection.
        case resetMidBody
        /// Does it, and answers 200 with what nobody can read.
        case unreadable
    }

    package struct Call: Sendable {
        package let operation: Operation
        /// As it came.
        package let body: String
    }

    struct State {
        var items: [String: DynamoDBItem] = [:]
        var calls: [Call] = []
        /// How many calls there were of each operation.
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

    /// The variables that lead a function here.
    package var environment: [String: String] {
        [
            "AWS_REGION": "eu-central-1", "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "secret",
            "AWS_ENDPOINT_URL": "http://127.0.0.1:\(port)", "IDEMPOTENCY_TABLE": "switchboard-idempotency",
        ]
    }

    /// Decides what becomes of each request; `number` counts the requests of one operation from 1.
    package func behave(_ behaviour: @escaping @Sendable (_ operation: Operation, _ number: Int) -> Behaviour) {
        state.withLock { $0.behaviour = behaviour }
    }

    /// Numbers that `CheckIfPhoneNumberIsOptedOut` says have opted out.
    package func optOut(_ number: String) {
        state.withLock { _ = $0.optedOut.insert(number) }
    }

    /// Every request so far.
    package var calls: [Call] { state.withLock(\.calls) }

    /// The bodies of the requests of one operation.
    package func bodies(of operation: Operation) -> [String] {
        calls.filter { $0.operation == operation }.map(\.body)
    }

    /// How many messages went out, whatever was answered.
    package var sendCount: Int { state.withLock(\.sends) }

    package func stop() {
        server.withLock { $0?.stop() }
    }
}

struct WeakDouble: Sendable {
    weak let value: AWSDouble?
}
