import Calling
import HTTPTypes
import JSON

extension ConnectClient {
    /// Returns the present metrics of at most 100 queues, grouped by queue: every page of them.
    ///
    /// A queue that Connect has nothing of may be missing. Grouped, ages are in seconds. `GetCurrentMetricData` in the
    /// Amazon Connect API Reference.
    package nonisolated(nonsending) func currentMetrics(
        _ metrics: [CurrentMetric], ofQueues ids: [String], deadline: ContinuousClock.Instant
    ) async throws(AWSError) -> MetricPage {
        var input = CurrentInput(
            Filters: .init(Queues: ids), Groupings: [MetricDimension.queue.rawValue],
            CurrentMetrics: metrics.map { .init(Name: $0.name, Unit: $0.unit.rawValue) },
            MaxResults: Self.pageSize)
        return try await pages(
            .currentMetrics, path: "/metrics/current/\(instance.id)", metrics.map(\.name), ofQueues: ids, deadline
        ) { token throws(AWSError) in
            input.NextToken = token
            return try jsonBody(of: input, for: .connect, Operation.currentMetrics.rawValue)
        }
    }

    /// A question for the metrics of past intervals.
    package struct MetricQuery: Sendable {
        /// In seconds since 1970, at the beginning of an interval; at most three days before `end`.
        package var start: Int
        /// Not later than the present.
        package var end: Int
        package var interval: MetricInterval
        /// The dimension whose values are asked for.
        package var filter: MetricDimension
        /// At most 100 ids.
        package var values: [String]
        package var groupings: [MetricDimension]
        package var metrics: [HistoricalMetric]

        package init(
            from start: Int, to end: Int, by interval: MetricInterval, filter: MetricDimension, values: [String],
            groupings: [MetricDimension], metrics: [HistoricalMetric]
        ) {
            self.start = start
            self.end = end
            self.interval = interval
            self.filter = filter
            self.values = values
            self.groupings = groupings
            self.metrics = metrics
        }
    }

    /// Returns the metrics of past intervals: every page of them.
    ///
    /// Intervals without data are missing. `GetMetricDataV2` in the Amazon Connect API Reference.
    package nonisolated(nonsending) func metrics(
        _ query: MetricQuery, deadline: ContinuousClock.Instant
    ) async throws(AWSError) -> [MetricResult] {
        var input = HistoricalInput(
            ResourceArn: instance.arn, StartTime: query.start, EndTime: query.end,
            Interval: .init(IntervalPeriod: query.interval.rawValue),
            Filters: [.init(FilterKey: query.filter.rawValue, FilterValues: query.values)],
            Groupings: query.groupings.map(\.rawValue), Metrics: query.metrics.map(HistoricalInput.Metric.init),
            MaxResults: Self.pageSize)
        return try await pages(.metrics, path: "/metrics/data", query.metrics.map(\.name), deadline) {
            token throws(AWSError) in
            input.NextToken = token
            return try jsonBody(of: input, for: .connect, Operation.metrics.rawValue)
        }.results
    }

    private nonisolated(nonsending) func pages(
        _ operation: Operation, path: String, _ metrics: [String], ofQueues ids: [String] = [],
        _ deadline: ContinuousClock.Instant, body: (_ token: String?) throws(AWSError) -> [UInt8]
    ) async throws(AWSError) -> MetricPage {
        var all = MetricPage()
        var pages = PageTokens()
        while true {
            let request = AWSRequest(
                .connect, action: operation.rawValue, method: .post, path: path,
                headers: [.contentType: "application/json"], body: try body(pages.current), repetition: .idempotent)
            let answer = try await self.answer(to: request, of: operation, deadline: deadline)
            let isFirst = pages.current == nil
            if isFirst, let page = knownPages.page(answer.body, of: ids) { return page }
            guard let page = MetricReader.page(answer.body, metrics: metrics) else {
                throw .unreadable(request, answer)
            }
            if isFirst { knownPages.keep(page, answer.body, of: ids) }
            if all.results.isEmpty { all.results = page.results } else { all.results += page.results }
            all.snapshot = page.snapshot ?? all.snapshot
            guard let token = page.nextToken, !token.isEmpty else { return all }
            try pages.follow(token, request, answer)
        }
    }

    private struct CurrentInput: Encodable {
        struct Filters: Encodable {
            let Queues: [String]
        }

        struct Metric: Encodable {
            let Name: String
            let Unit: String
        }

        let Filters: Filters
        let Groupings: [String]
        let CurrentMetrics: [Metric]
        let MaxResults: Int
        var NextToken: String?
    }

    private struct HistoricalInput: Encodable {
        struct Interval: Encodable {
            let IntervalPeriod: String
            var TimeZone = "UTC"
        }

        struct Filter: Encodable {
            let FilterKey: String
            let FilterValues: [String]
        }

        struct Threshold: Encodable {
            let ThresholdValue: Int
            var Comparison = "LT"
        }

        struct Metric: Encodable {
            let Name: String
            let Threshold: [Threshold]?

            init(_ metric: HistoricalMetric) {
                Name = metric.name
                Threshold = metric.secondsBelow.map { [.init(ThresholdValue: $0)] }
            }
        }

        let ResourceArn: String
        let StartTime: Int
        let EndTime: Int
        let Interval: Interval
        let Filters: [Filter]
        let Groupings: [String]
        let Metrics: [Metric]
        let MaxResults: Int
        var NextToken: String?
    }
}
