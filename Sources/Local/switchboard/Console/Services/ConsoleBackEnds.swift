import JSON
import LocalServices
import Timeline

/// The ground that the console's regions stand on: processes of this command beside local services, or a stack in a
/// local AWS.
protocol ConsoleBackEnds: Sendable {
    /// The local Salesforce; nil where no function calls it.
    var salesforce: SalesforceDouble? { get }
    /// The local Amazon Connect; nil where no function reads one.
    var connect: ConnectDouble? { get }
    /// The local VoiceIt; nil where no function calls it.
    var voiceIt: VoiceItDouble? { get }
    /// The recordings of the local Twilio; nil where no function fetches any.
    var recordings: TwilioRecordings? { get }

    /// Returns the reason why there is no service of that name, to be read after a colon.
    func absence(of service: String) -> String

    /// Returns what was accepted so far.
    func arrivals() async throws -> LocalArrivals
    /// Returns the response to a URL that a function returned or a record holds; nil when it points elsewhere.
    func fetch(_ url: String) async throws -> (status: Int, bytes: [UInt8])?
    /// Writes an item, in DynamoDB's JSON, into a table of the local AWS.
    func put(_ item: JSONValue, in table: String) async throws
    /// Throttles every AWS request of functions, or ends that.
    func throttle(_ isOn: Bool) async throws

    /// Throws the reason why a function cannot be run.
    func check(_ function: Function) throws
    /// Returns a function's variables; nil when it has none.
    func variables(of function: Function) throws -> [String: String]?
    /// Returns the command that does in a terminal what `Run` does with an event file.
    func command(_ function: Function, eventNamed name: String) -> String
    /// Returns the command that does the same with an event of no file; nil for a long one.
    func command(_ function: Function, event: [UInt8]) -> String?
    /// Returns a function to invoke, until its `stop`.
    ///
    /// - Parameters:
    ///   - source: The source that invokes it, for the timeline.
    ///   - timeout: The caller's own time limit; nil for the function's.
    func start(_ function: Function, source: TimelineSource?, timeout: Duration?) async throws -> any InvokedFunction

    /// Returns what a call of a flow uses, or throws why it cannot be played.
    func calls(of flow: ContactFlow, _ source: TimelineSource) async throws -> CallParts
    /// Returns the HTTP API of the functions; nil when it leads to none of them.
    func front() async throws -> (any HTTPFront)?

    /// Ends what was started here.
    func stop() async
}

/// The functions that the calls of a flow invoke, and the Twilio number that it transfers to.
struct CallParts: Sendable {
    let functions: any FlowInvoker
    let line: TwilioLine?
}
