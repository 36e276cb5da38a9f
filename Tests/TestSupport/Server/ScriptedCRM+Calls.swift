package import JSON

extension ScriptedCRM.Call {
    /// Reads a request; throws for one that is not as documented.
    init(_ request: ScriptedServer.Request) throws(ScriptedCRMFault) {
        let base = "/services/data/v62.0"
        guard request.method == "POST", request["Content-Type"] == "application/json",
            let body = try? JSONValue(parsing: request.body), let members = body.object
        else { throw ScriptedCRMFault(sentence: "\(request.method) \(request.target)") }
        switch request.target {
        case "\(base)/composite":
            guard Set(members.keys) == ["allOrNone", "compositeRequest"], members["allOrNone"]?.bool == false,
                let list = members["compositeRequest"]?.array, (1...25).contains(list.count)
            else { throw ScriptedCRMFault(sentence: "a composite request of \(members.keys.sorted())") }
            var parts: [ScriptedCRM.Part] = []
            for part in list { parts.append(try ScriptedCRM.Part(part)) }
            guard parts.count(where: { $0.soql != nil }) <= 5, Set(parts.map(\.reference)).count == parts.count else {
                throw ScriptedCRMFault(sentence: "too many queries, or a referenceId twice")
            }
            self = .composite(parts)
        case "\(base)/parameterizedSearch":
            let known: Set<String> = ["q", "in", "sobjects", "overallLimit"]
            let objects = members["sobjects"]?.array ?? []
            guard Set(members.keys) == known, members["in"]?.string == "PHONE",
                objects.allSatisfy({ Set(($0.object ?? [:]).keys) == ["name", "fields"] && $0["fields"] == ["Id"] }),
                let digits = members["q"]?.string, digits.utf8.count >= 2, digits.allSatisfy({ "0"..."9" ~= $0 })
            else { throw ScriptedCRMFault(sentence: "a search of \(members)") }
            self = .search(body)
        case let target where target.hasPrefix("\(base)/sobjects/"):
            self = .create(object: String(target.dropFirst("\(base)/sobjects/".count)), body)
        default: throw ScriptedCRMFault(sentence: request.target)
        }
    }
}

extension ScriptedCRM.Part {
    init(_ json: JSONValue) throws(ScriptedCRMFault) {
        let members = json.object ?? [:]
        guard let method = json["method"]?.string, let url = json["url"]?.string,
            let reference = json["referenceId"]?.string,
            reference.utf8.allSatisfy({ (48...57).contains($0) || (65...90).contains($0 & 0xDF) || $0 == 95 }),
            Set(members.keys).isSubset(of: ["method", "url", "referenceId", "body", "httpHeaders"]),
            url.utf8.count <= 16_384, url.hasPrefix("/services/data/v62.0/"), !url.contains(" ")
        else { throw ScriptedCRMFault(sentence: "a part of a composite request: \(json.text)") }
        self.init(method: method, url: url, reference: reference, body: json["body"], headers: json["httpHeaders"])
    }
}

/// The responses that scripts give.
extension ScriptedCRM {
    /// Returns the body of an error.
    package static func fault(_ code: String, _ message: String = "a sentence of Salesforce's") -> JSONValue {
        [["errorCode": .string(code), "message": .string(message)]]
    }

    /// Returns a query's result.
    package static func page(_ records: [JSONValue], total: Int? = nil) -> JSONValue {
        [
            "totalSize": .number(total ?? records.count), "done": .bool((total ?? 0) <= records.count),
            "records": .array(records),
        ]
    }

    /// Returns the response of a composite request, each part answered by its own status and body.
    package static func composite(
        _ parts: [Part], _ answer: (Part) -> (status: Int, body: JSONValue)
    ) -> JSONValue {
        let responses = parts.map { part -> JSONValue in
            let (status, body) = answer(part)
            return [
                "referenceId": .string(part.reference), "httpStatusCode": .number(status), "body": body,
                "httpHeaders": [:],
            ]
        }
        return ["compositeResponse": .array(responses)]
    }

    /// Returns the response in which each query finds the rows of its object, whatever its condition.
    package static func rows(_ parts: [Part], _ rows: [String: [JSONValue]]) -> JSONValue {
        composite(parts) { part in
            let object = part.soql?.split(separator: " FROM ").last?.split(separator: " ").first.map(String.init)
            return (200, page(rows[object ?? ""] ?? []))
        }
    }

    /// Returns a search's finds.
    package static func finds(_ finds: [(object: String, id: String)]) -> JSONValue {
        let records = finds.map { find -> JSONValue in
            ["attributes": ["type": .string(find.object), "url": "/x"], "Id": .string(find.id)]
        }
        return ["searchRecords": .array(records)]
    }
}
