package import Foundation
package import JSON

/// A strict Salesforce on two free ports of 127.0.0.1, one for signing in and one for data, until `stop()`.
///
/// It refuses the calls that Salesforce refuses: unknown fields, missing fields, duplicates, SOQL beyond its subset,
/// data calls on the login host. Its state is shown at `GET /debug/state`; see `SalesforceFault` for how to make it
/// fail.
package final class SalesforceDouble: Stoppable {
    package static let clientID = "local-client"
    package static let clientSecret = "local-secret"
    package static let username = SalesforceUser.agent.name
    /// The password of every user.
    package static let password = "pass:word-ü"

    /// The records in a page of Salesforce's own, unless a header asks for fewer; a test's have three, so that it sees more than
    /// one.
    package static let ownPageSize = 2_000

    package struct Configuration: Sendable {
        /// The initial records, by object; a missing `Id` and missing dates are added.
        package var records: [String: [[String: JSONValue]]] = SalesforceSeeds.records
        /// The objects, fields and records that functions add.
        package var additions: [SalesforceAddition] = []
        /// The number of records in a page of a query.
        package var pageSize = 3
        /// The time after which the search finds a record that was created: its index lags behind.
        package var searchDelay: TimeInterval = 30
        /// The lifetime of a token.
        package var tokenLifetime: TimeInterval = 7200
        package var now: @Sendable () -> Date = { Date() }
        /// The port for signing in, with the one for data after it; 0 for free ones.
        package var port: UInt16 = 0

        package init() {}
    }

    /// The value for `SALESFORCE_LOGIN_URL`.
    package let loginURL: String
    /// The `instance_url` of a sign-in's response.
    package let instanceURL: String
    package let org: SalesforceOrg
    private let servers: [LoopbackServer]

    /// Starts listening.
    package init(_ configuration: Configuration = Configuration()) async throws {
        let org = SalesforceOrg(configuration)
        let port = configuration.port
        let login = try await Self.server(org, .login, port)
        let instance: LoopbackServer
        do {
            instance = try await Self.server(org, .instance, port == 0 ? 0 : port + 1)
        } catch {
            await login.stop()
            throw error
        }
        self.org = org
        servers = [login, instance]
        loginURL = "http://127.0.0.1:\(login.port)"
        instanceURL = "http://127.0.0.1:\(instance.port)"
        await org.start(loginURL: loginURL, instanceURL: instanceURL)
    }

    /// Closes the ports and every connection.
    package func stop() async {
        for server in servers {
            await server.stop()
        }
    }

    /// Runs `body` with a started double and stops it afterwards, however `body` ends.
    package static func withRunning<Result: Sendable>(
        _ configuration: Configuration = Configuration(), _ body: (SalesforceDouble) async throws -> Result
    ) async throws -> Result {
        try await stopping(SalesforceDouble(configuration), after: body)
    }

    /// The variables that sign a function in, by any grant but JWT.
    package var environment: [String: String] {
        [
            "SALESFORCE_LOGIN_URL": loginURL, "SALESFORCE_CLIENT_ID": Self.clientID,
            "SALESFORCE_CLIENT_SECRET": Self.clientSecret, "SALESFORCE_USERNAME": Self.username,
            "SALESFORCE_PASSWORD": Self.password,
        ]
    }

    private static func server(
        _ org: SalesforceOrg, _ host: SalesforceOrg.Host, _ port: UInt16
    ) async throws -> LoopbackServer {
        try await LoopbackServer(port: port) { connection in
            var connection = connection
            while true {
                let request = try await connection.readMessage(limit: 8 << 20)
                guard let answer = await org.answer(request, on: host) else { return }
                if let delay = answer.delay {
                    try await Task.sleep(for: delay)
                }
                try await connection.write(answer.bytes)
                if request.fields["Connection"]?.lowercased() == "close" { return }
            }
        }
    }
}
