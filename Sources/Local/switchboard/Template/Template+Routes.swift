import JSON
import LocalServices

extension Template {
    /// The HTTP API's routes: `AWS::ApiGatewayV2::Route`, each with the function of its integration.
    var routes: HTTPRoutes { routes { _ in true } }

    /// The routes that are open by the parameters' defaults, with everything deployed.
    var openRoutes: HTTPRoutes { routes { $0["Condition"]?.string.map(holds) ?? true } }

    private func routes(where isIncluded: (JSONValue) -> Bool) -> HTTPRoutes {
        var functions: [String: String] = [:]
        for route in resources(of: "AWS::ApiGatewayV2::Route").values where isIncluded(route) {
            guard let key = route["Properties"]?["RouteKey"]?.string,
                let target = route["Properties"]?["Target"]?["Fn::Sub"]?.string,
                let integration = Self.reference(in: target),
                let uri = resources[integration]?["Properties"]?["IntegrationUri"],
                let function = uri["Fn::GetAtt"].flatMap(Self.resource)
                    ?? uri["Fn::Sub"]?.string.flatMap(Self.reference)
            else { continue }
            functions[key] = function
        }
        return HTTPRoutes(functions)
    }

    /// Returns `X` of `integrations/${X}` and of `${X.Arn}`.
    private static func reference(in text: String) -> String? {
        text.firstMatch(of: /\$\{([A-Za-z0-9]+)(\.Arn)?\}/).map { String($0.output.1) }
    }

    /// Returns `X` of `X.Arn` and of `[X, Arn]`.
    private static func resource(_ attribute: JSONValue) -> String? {
        attribute.array?.first?.string ?? attribute.string?.split(separator: ".").first.map(String.init)
    }
}

extension Project {
    /// Returns the open routes that lead to a function when deployed; every request where the template has none for it.
    func routes(to function: String) throws -> HTTPRoutes {
        guard let template = try template(), !template.routes.leading(to: function).isEmpty else {
            return .all(to: function)
        }
        return template.openRoutes.leading(to: function)
    }
}
