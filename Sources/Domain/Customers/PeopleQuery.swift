package import JSON
package import Salesforce
package import Telephony

/// A query for the records of one object that have one of many numbers, in whatever form.
///
/// For a reader of many numbers while no caller waits: `CustomerSearch` is for one.
package struct PeopleQuery: Sendable {
    package let object: CustomerObject
    package let numbers: [PhoneNumber]
    package let soql: SOQL
    private let fields: [APIName]

    /// Returns the queries for all numbers, each as long as Salesforce takes, in the order of `CustomerObject`'s cases.
    ///
    /// - Parameter fields: The phone fields of each object; one without any is not asked for.
    package static func queries(
        for numbers: [PhoneNumber], in fields: [CustomerObject: [APIName]]
    ) -> [PeopleQuery] {
        CustomerObject.allCases.flatMap { object -> [PeopleQuery] in
            guard let fields = fields[object], !fields.isEmpty else { return [] }
            let rest = soql(object, fields, forms: [])
            let lists = SOQL.lists(of: numbers, beside: rest) { number in
                number.forms.reduce(0) { $0 + SOQL.lengthInList($1) } * fields.count
            }
            return lists.map { numbers in
                PeopleQuery(
                    object: object, numbers: numbers, soql: soql(object, fields, forms: numbers.flatMap(\.forms)),
                    fields: fields)
            }
        }
    }

    /// Returns the query for the owners of records by their ids.
    package static func owners(of ids: [String], _ object: CustomerObject) -> SOQL {
        var text = SOQL.StringInterpolation(literalCapacity: 64, interpolationCount: 2)
        text.appendLiteral("SELECT Id,OwnerId,Owner.IsActive FROM ")
        text.appendInterpolation(object.name)
        text.appendLiteral(" WHERE Id IN ")
        text.appendInterpolation(ids)
        return SOQL(stringInterpolation: text)
    }

    /// Returns the records of a page of its result, each with those of its numbers that it has.
    package func finds(in page: RecordPage) -> [PersonFind] {
        var numbersByForm: [String: Set<PhoneNumber>] = [:]
        for number in numbers {
            for form in number.forms { numbersByForm[form, default: []].insert(number) }
        }
        return page.records.compactMap { record in
            guard var find = PersonFind(record) else { return nil }
            for field in fields {
                if let numbers = numbersByForm[record.text(field.text)] { find.numbers.formUnion(numbers) }
            }
            return find
        }
    }

    private static func soql(_ object: CustomerObject, _ fields: [APIName], forms: [String]) -> SOQL {
        var text = SOQL.StringInterpolation(literalCapacity: 512, interpolationCount: fields.count * 2)
        text.appendLiteral("SELECT Id,OwnerId,Owner.IsActive")
        var seen: Set<String> = []
        for field in fields where seen.insert(field.text.lowercased()).inserted {
            text.appendLiteral(",")
            text.appendInterpolation(field)
        }
        text.appendLiteral(" FROM ")
        text.appendInterpolation(object.name)
        text.appendLiteral(" WHERE (")
        var unique: Set<String> = []
        text.append(fields, in: forms.filter { unique.insert($0).inserted })
        text.appendLiteral(object == .lead ? ") AND IsConverted = false" : ")")
        return SOQL(stringInterpolation: text)
    }
}

/// A person or company that has a number.
package struct PersonFind: Sendable, Equatable {
    package let id: String
    /// The owner, if that is a user who is active; nil for any other.
    package let activeOwner: String?
    package fileprivate(set) var numbers: Set<PhoneNumber> = []

    /// Reads a record; nil for one without an id.
    package init?(_ record: JSONValue) {
        id = record.text("Id")
        guard !id.isEmpty else { return nil }
        let owner = record.text("OwnerId")
        activeOwner = owner.hasPrefix("005") && record["Owner"]?["IsActive"]?.bool == true ? owner : nil
    }
}
