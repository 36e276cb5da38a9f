import JSON
import LambdaRuntime

/// The routes of the HTTP API that lead to a function.
extension StackFunction {
    /// The condition under which any of its routes is deployed: its permission and its integration are needed then.
    var httpCondition: String {
        let conditions = Set(routes.map(\.condition))
        if let only = conditions.first, conditions.count == 1 { return only }
        return conditions.contains(condition) ? condition : "Deploy\(name)Routes"
    }

    /// The conditions that its routes bring, by name, each with the terms that must all hold or, for `isAny`, one of them.
    var routeConditions: [(name: String, terms: [String], isAny: Bool)] {
        var conditions = routes.compactMap { route in
            route.switched.map { switched in
                let terms = ["!Condition \(condition)", "!Equals [!Ref \(switched), \"true\"]"]
                return (name: route.condition, terms: terms, isAny: false)
            }
        }
        conditions = conditions.indices.filter { index in
            !conditions[..<index].contains { $0.name == conditions[index].name }
        }.map { conditions[$0] }
        if httpCondition != condition, conditions.count > 1 {
            conditions.append((httpCondition, conditions.map { "!Condition \($0.name)" }, true))
        }
        return conditions
    }

    /// Returns a route of an entry: `Name: METHOD /path`, or `Key` and `Switch` below the name.
    static func route(_ item: StackItem, of function: String, _ condition: String) throws -> Route {
        let id = "\(function)\(item.name)Route"
        guard item.value.isEmpty else {
            return Route(id: id, key: try item.scalar(), switched: nil, condition: condition)
        }
        let members = try members(of: item, known: ["Key", "Switch"])
        guard let key = try members["Key"]?.scalar(), let switched = try members["Switch"]?.scalar() else {
            throw Refusal(
                "\(item.place): \(item.name) needs a Key, such as GET /path, and a Switch, the parameter that opens it."
            )
        }
        return Route(id: id, key: key, switched: switched, condition: "Deploy\(switched)")
    }

    /// Returns the fields of the pattern: the routes, each with those that are made before it.
    func routing(after earlier: [Route]) -> JSONValue {
        let own = routes.indices.map { index -> JSONValue in
            [
                "id": .string(routes[index].id), "key": .string(routes[index].key),
                "condition": .string(routes[index].condition), "integration": .string("${\(name)Integration}"),
                "after": Self.last(of: Array(routes[..<index])),
            ]
        }
        return ["condition": .string(httpCondition), "after": Self.last(of: earlier), "routes": .array(own)]
    }

    /// The last route under each condition: each of them is made after all before it that are deployed.
    static func last(of routes: [Route]) -> JSONValue {
        let last = routes.indices.filter { index in
            !routes[(index + 1)...].contains { $0.condition == routes[index].condition }
        }
        let fields = last.map { index -> JSONValue in
            ["condition": .string(routes[index].condition), "last": .string(routes[index].id)]
        }
        return fields.isEmpty ? .null : ["routes": .array(fields)]
    }
}
