import AWS
import Foundation
import LocalServices

/// The local Amazon Connect, for functions that name an instance and no other address of it.
enum ConnectService {
    private static let instanceName = "CONNECT_INSTANCE_ARN"
    private static let endpointName = "AWS_ENDPOINT_URL_CONNECT"

    /// Runs `body` with the instance that the variables name, and ends it afterwards; nil where they name none.
    ///
    /// - Parameters:
    ///   - moto: The local AWS, whose user is the one who may sign.
    ///   - time: The time that it is there; nil for now.
    static func withRunning<Result: Sendable>(
        for variables: [[String: String]], callers moto: Moto, at time: Date? = nil,
        _ body: (ConnectDouble?) async throws -> Result
    ) async throws -> Result {
        let arn = variables.lazy.compactMap { instance(in: $0) }.first
        guard let arn, var configuration = ConnectDouble.Configuration(arn: arn) else { return try await body(nil) }
        configuration.credentials = Credentials(
            accessKeyID: moto.accessKeyID, secretAccessKey: moto.secretAccessKey)
        if let time { configuration.now = { time } }
        return try await ConnectDouble.withRunning(configuration) { try await body($0) }
    }

    /// Returns the variables with the local Amazon Connect's address where they name an instance.
    static func resolved(_ variables: [String: String], _ connect: ConnectDouble?) -> [String: String] {
        guard let connect, instance(in: variables) != nil else { return variables }
        return variables.merging([endpointName: connect.url]) { own, _ in own }
    }

    private static func instance(in variables: [String: String]) -> String? {
        guard variables[endpointName] == nil, let arn = variables[instanceName], !arn.isEmpty else { return nil }
        return arn
    }
}
