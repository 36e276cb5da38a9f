import JSON

extension SalesforceOrg {
    /// `GET /debug/state`, `POST /debug/fault`, `POST /debug/pace`, `POST /debug/expire`, `POST /debug/reset`; they need no token.
    func debug(_ request: HTTPMessage, _ path: String) -> SalesforceOrgResponse {
        switch (request.method, path) {
        case ("GET", "/debug/state"):
            return SalesforceOrgResponse(200, state)
        case ("POST", "/debug/fault"):
            guard
                let body = try? JSONValue(parsing: request.body),
                let fault = body["fault"]?.string.flatMap(SalesforceFault.init),
                let times = (body["times"] ?? 1).int, times > 0
            else {
                return SalesforceOrgResponse(
                    400,
                    .string(
                        "Give {\"fault\": \"\(SalesforceFault.names)\", \"times\": 1, \"path\": \"\", \"text\": \"\", "
                            + "\"inComposite\": false}."))
            }
            misbehave(
                fault, times: times, path: body["path"]?.string ?? "", text: body["text"]?.string ?? "",
                inComposite: body["inComposite"] == .bool(true))
            return SalesforceOrgResponse(204)
        case ("POST", "/debug/pace"):
            guard
                let body = try? JSONValue(parsing: request.body), let milliseconds = body["milliseconds"]?.int,
                milliseconds >= 0
            else {
                return SalesforceOrgResponse(400, .string("Give {\"milliseconds\": 50, \"path\": \"/query\"}."))
            }
            pace(milliseconds, path: body["path"]?.string ?? "")
            return SalesforceOrgResponse(204)
        case ("POST", "/debug/expire"):
            expireTokens()
            return SalesforceOrgResponse(204)
        case ("POST", "/debug/reset"):
            reset()
            return SalesforceOrgResponse(204)
        default:
            return SalesforceOrgResponse(
                404, .string("There are /debug/state, /debug/fault, /debug/pace, /debug/expire, /debug/reset."))
        }
    }

    private var state: JSONValue {
        .object([
            "records": .object(store.records.mapValues { .array($0.map(JSONValue.object)) }),
            "requests": .array(requests.map(\.json)), "tokens": .number(tokens.count),
        ])
    }
}
