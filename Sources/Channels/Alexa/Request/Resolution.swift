import JSON

/// The resolution of a value by one authority: the slot's type, or its dynamic entities.
package struct Resolution: Sendable, Equatable {
    /// `ER_SUCCESS_MATCH` and the like.
    package struct Status: RawRepresentable, Hashable, Sendable {
        package let rawValue: String

        package init(rawValue: String) {
            self.rawValue = rawValue
        }

        package static let match = Status(rawValue: "ER_SUCCESS_MATCH")
        package static let noMatch = Status(rawValue: "ER_SUCCESS_NO_MATCH")
        package static let timeout = Status(rawValue: "ER_ERROR_TIMEOUT")
        package static let exception = Status(rawValue: "ER_ERROR_EXCEPTION")
    }

    package let authority: String
    package let status: Status
    /// Likeliest first; empty unless matched.
    package let values: [ResolvedValue]

    /// Those of a slot or a slot value.
    static func list(_ json: JSONValue) -> [Resolution] {
        (json["resolutions"]?["resolutionsPerAuthority"]?.array ?? []).map { resolution in
            Resolution(
                authority: resolution["authority"]?.string ?? "",
                status: Status(rawValue: resolution["status"]?["code"]?.string ?? ""),
                values: (resolution["values"]?.array ?? []).compactMap { entry in
                    entry["value"]?["name"]?.string.map {
                        ResolvedValue(name: $0, id: entry["value"]?["id"]?.string)
                    }
                })
        }
    }
}

/// A value of a slot's type.
package struct ResolvedValue: Sendable, Equatable {
    package let name: String
    package let id: String?
}
