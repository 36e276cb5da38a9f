import Customers
import JSON

extension CRMOutput {
    /// The most characters of a value.
    static let longestValue = 1000
    /// The most bytes of a response: a flow takes less than 32 KB.
    static let largest = 32_000

    /// The names of the values that every look-up answers, apart from the extra fields.
    static let lookupNames = [
        "status", "matches", "object", "recordId", "firstName", "lastName", "name", "email", "accountId", "accountName",
        "ownerId", "ownerName", "ownerUsername", "openCases", "caseId", "caseNumber", "caseSubject", "caseStatus",
        "casePriority", "caseOwnerUsername",
    ]

    /// Makes the response of a look-up; nil stands for one that Salesforce did not let be made.
    init(_ match: CustomerMatch?, extras: [String]) {
        var fields = Dictionary(uniqueKeysWithValues: (Self.lookupNames + extras).map { ($0, "") })
        switch match {
        case nil: fields["status"] = "unavailable"
        case .some(.none):
            fields["status"] = "none"
            fields["matches"] = "0"
            fields["openCases"] = "0"
        case .ambiguous(let several):
            fields["status"] = "ambiguous"
            fields["matches"] = String(several.count)
            fields["object"] = several.object.rawValue
            fields["accountId"] = several.account?.id ?? ""
            fields["accountName"] = several.account?.name ?? ""
        case .found(let customer):
            fields.merge(customer.fields) { $1 }
            fields.merge(customer.extras) { $1 }
        }
        self.init(fields: Self.fitted(fields.mapValues { $0.prefix(scalars: Self.longestValue) }, cutFirst: extras))
    }

    /// Returns the values cut so that the response is not too large: extra fields first, the longest ones alone.
    private static func fitted(_ fields: [String: String], cutFirst extras: [String]) -> [String: String] {
        guard size(fields) > largest else { return fields }
        let others = fields.keys.filter { !extras.contains($0) }
        return [extras, others].reduce(fields) { fields, names in
            // The greatest length to which all of these may be cut.
            var (least, most) = (0, longestValue)
            while least < most {
                let middle = (least + most + 1) / 2
                (least, most) = size(cut(fields, names, to: middle)) <= largest ? (middle, most) : (least, middle - 1)
            }
            return cut(fields, names, to: least)
        }
    }

    private static func cut(_ fields: [String: String], _ names: [String], to length: Int) -> [String: String] {
        names.reduce(into: fields) { $0[$1] = $0[$1]?.prefix(scalars: length) }
    }

    private static func size(_ fields: [String: String]) -> Int {
        JSONValue.object(fields.mapValues { .string($0) }).bytes.count
    }
}

extension Customer {
    /// The values of a response for one customer.
    fileprivate var fields: [String: String] {
        [
            "status": "found", "matches": "1", "object": object.rawValue, "recordId": id, "firstName": firstName,
            "lastName": lastName, "name": name, "email": email, "accountId": account.id, "accountName": account.name,
            "ownerId": owner.id, "ownerName": owner.name, "ownerUsername": owner.username,
            "openCases": String(openCases), "caseId": shownCase?.id ?? "", "caseNumber": shownCase?.number ?? "",
            "caseSubject": shownCase?.subject ?? "", "caseStatus": shownCase?.status ?? "",
            "casePriority": shownCase?.priority ?? "", "caseOwnerUsername": shownCase?.ownerUsername ?? "",
        ]
    }
}

extension String {
    /// Returns the first Unicode scalars: a single Character may have any number of them.
    fileprivate func prefix(scalars count: Int) -> String {
        // No scalar takes less than a byte.
        utf8.count <= count ? self : String(String.UnicodeScalarView(unicodeScalars.prefix(count)))
    }
}
