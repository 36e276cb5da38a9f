import AWS
import Encoding
import JSON
import Settings

/// The check of the queues that ConnectMetrics writes: those that a variable names are standard queues of the instance.
///
/// Nothing is found where ConnectMetrics has no settings. `ListQueues` in the Amazon Connect API Reference.
struct MetricsQueuesCheck: LiveCheck {
    let subject = "Amazon Connect and ConnectMetrics"
    let settings: LiveSettings

    func look(deadline: ContinuousClock.Instant) async throws -> [Finding] {
        let environment = try settings.variables.environment(for: "ConnectMetrics")
        guard environment["METRICS_TABLE"] != nil, let arn = environment["CONNECT_INSTANCE_ARN"] else { return [] }
        let aws = try AWSProbe(environment, deadline: deadline)
        // The check of the instance says what is wrong with another ARN, or another region.
        guard arn.contains(":connect:\(aws.configuration.region):"), let instance = arn.split(separator: "/").last
        else { return [] }
        let known = try await queues(of: String(instance), aws)
        let named = (environment["METRICS_QUEUES"] ?? "").split(separator: ",").map {
            $0.filter { !$0.isWhitespace }
        }.filter { !$0.isEmpty }
        let unknown = named.filter { !known.contains($0) }
        guard unknown.isEmpty else {
            return unknown.map {
                .mend(
                    subject,
                    "METRICS_QUEUES names \($0), which is not a standard queue of the instance: give the last part of a "
                        + "queue's ARN")
            }
        }
        guard !known.isEmpty else { return [.mend(subject, "the instance has no standard queue: nothing is written")] }
        let chosen = named.isEmpty ? "all" : "\(Set(named).count)"
        return [.ok(subject, "\(chosen) of \(known.count) standard queues are written")]
    }

    private func queues(of instance: String, _ aws: AWSProbe) async throws -> Set<String> {
        var ids: Set<String> = []
        var token: String?
        repeat {
            let next = token.map { "&nextToken=\(PercentEncoding.encode($0))" } ?? ""
            let page = try await aws.get(
                "/queues-summary/\(instance)?maxResults=1000\(next)&queueTypes=STANDARD", "ListQueues", of: .connect)
            ids.formUnion((page["QueueSummaryList"]?.array ?? []).compactMap { $0["Id"]?.string })
            token = page["NextToken"]?.string
        } while token != nil && ids.count < 100_000
        return ids
    }
}
