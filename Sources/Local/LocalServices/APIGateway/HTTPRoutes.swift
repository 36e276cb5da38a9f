/// The routes of an HTTP API, and the functions they lead to.
package struct HTTPRoutes: Sendable {
    /// The target of a request.
    package struct Match: Equatable, Sendable {
        /// The route's key, which the event holds as `routeKey`.
        package let key: String
        package let function: String
        /// The path's parameters, decoded.
        package let parameters: [String: String]
    }

    private let routes: [(route: HTTPRoute, function: String)]

    /// - Parameter functions: The function's name by route key; invalid keys are left out.
    package init(_ functions: [String: String]) {
        routes = functions.sorted { $0.key < $1.key }.compactMap { key, function in
            HTTPRoute(key: key).map { ($0, function) }
        }.sorted { $0.route.precedes($1.route) }
    }

    /// Returns routes that send every request to one function.
    package static func all(to function: String) -> HTTPRoutes { HTTPRoutes(["$default": function]) }

    /// Returns the most specific route that matches a request; nil when the API returns 404.
    package func match(_ method: String, _ path: String) -> Match? {
        for (route, function) in routes {
            if let parameters = route.parameters(method, path) {
                return Match(key: route.key, function: function, parameters: parameters)
            }
        }
        return nil
    }

    /// Returns the routes that lead to one function.
    package func leading(to function: String) -> HTTPRoutes {
        HTTPRoutes(Dictionary(routes.filter { $0.function == function }.map { ($0.route.key, function) }) { $1 })
    }

    package var isEmpty: Bool { routes.isEmpty }
}
