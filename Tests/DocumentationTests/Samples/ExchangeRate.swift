import AWS
import Encoding
import HTTPClient
import HTTPTypes
import JSON
import LambdaRuntime
import Settings

/// An exchange rate, from another company's API.
struct ExchangeRate: LambdaFunction {
    struct Event: Decodable { let currency: String }
    struct Output: Encodable { let rate: String }
    private let http = CurlClient()
    private let secret: KeyedSecretReader

    init(environment: Environment) async throws {
        let key = KeyedSecret.Key("RATES_API_KEY", "the key of the rates' API")
        secret = KeyedSecretReader(try environment.read(KeyedSecret.variable("RATES_SECRET_ARN", key)), http: http)
        _ = try await secret.values(deadline: .now + .seconds(8))
    }

    func handle(_ event: Event, context: LambdaContext) async throws -> Output {
        let path = "/rates/" + PercentEncoding.encode(event.currency)
        var request = HTTPRequest(method: .get, scheme: "https", authority: "rates.example.com", path: path)
        let key = try await secret.values(deadline: context.callDeadline)["RATES_API_KEY"]?.value ?? ""
        request.headerFields[.authorization] = "Bearer \(key)"
        let (head, body) = try await http.send(request, deadline: context.callDeadline)
        guard head.status.code == 200, let rate = try JSONValue(parsing: body)["rate"]?.string else {
            throw FunctionError(.serviceUnavailable, "The rates API answered \(head.status.code): ask again later.")
        }
        return Output(rate: rate)
    }
}
