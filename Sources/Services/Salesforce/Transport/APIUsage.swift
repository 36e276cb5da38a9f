import HTTPClient
import HTTPTypes

/// `Sforce-Limit-Info: api-usage=18/15000`: the org's calls of the last 24 hours, and how many it may make.
struct APIUsage: Equatable {
    private static let header = HTTPField.Name.literal("Sforce-Limit-Info")

    let used: Int
    let limit: Int

    /// The share that template.yaml's alarm watches.
    var percent: Double { (Double(used) / Double(max(limit, 1)) * 100).rounded() }

    init?(_ head: HTTPResponse) {
        guard let value = head.headerFields[Self.header] else { return nil }
        for item in value.split(whereSeparator: { $0 == "," || $0 == ";" || $0 == " " }) {
            guard item.hasPrefix("api-usage=") else { continue }
            let numbers = item.dropFirst("api-usage=".count).split(separator: "/").map { Int($0) }
            guard numbers.count == 2, let used = numbers[0], let limit = numbers[1] else { continue }
            self.used = used
            self.limit = limit
            return
        }
        return nil
    }
}
