extension HTTPEvent {
    /// The names in the four forms that are read.
    enum Key: String, CodingKey {
        case requestContext, http, elb, identity, stage, domainName, sourceIp, method
        case httpMethod, path, rawPath, rawQueryString, queryStringParameters, multiValueQueryStringParameters
        case resource, routeKey, pathParameters
        case headers, multiValueHeaders, cookies, body, isBase64Encoded
    }
}

extension KeyedDecodingContainer<HTTPEvent.Key> {
    /// A text; nil when there is none, or something else stands there.
    func text(_ key: Key) -> String? {
        guard contains(key) else { return nil }
        return try? decodeIfPresent(String.self, forKey: key)
    }

    func texts(_ key: Key) -> [String]? {
        guard contains(key) else { return nil }
        return (try? decodeIfPresent(Values.self, forKey: key))?.texts
    }

    func object(_ key: Key) -> KeyedDecodingContainer? {
        guard contains(key) else { return nil }
        return try? nestedContainer(keyedBy: Key.self, forKey: key)
    }

    /// An object of texts or lists of texts; a value of any other kind is left out.
    func multiValues(_ key: Key) -> [String: [String]]? {
        guard contains(key), let values = try? decodeIfPresent([String: Values].self, forKey: key) else { return nil }
        return values.mapValues(\.texts)
    }
}

/// A text, or the texts of a list.
private struct Values: Decodable {
    let texts: [String]

    init(from decoder: any Decoder) throws {
        if let text = try? decoder.singleValueContainer().decode(String.self) {
            texts = [text]
        } else if var list = try? decoder.unkeyedContainer() {
            var texts: [String] = []
            while !list.isAtEnd {
                if let value = try list.decode(Value.self).text { texts.append(value) }
            }
            self.texts = texts
        } else {
            texts = []
        }
    }

    private struct Value: Decodable {
        let text: String?

        init(from decoder: any Decoder) throws {
            text = try? decoder.singleValueContainer().decode(String.self)
        }
    }
}
