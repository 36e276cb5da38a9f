/// Gives shards to a function as Lambda's event source mapping does, in simulated time.
///
/// Batches of one shard come one after the other. What is reported comes again from the lowest number on; a batch whose
/// invocation fails comes again halved (`BisectBatchOnFunctionError`); what is older than `MaximumRecordAgeInSeconds` is given
/// up. "Using batch windows and error handling" of Kinesis in the AWS Lambda Developer Guide.
struct ShardDriver {
    /// The place in one shard.
    private struct Cursor {
        var place = 0
        var failures = 0
        var mostRecords: Int
        var notBefore = Duration.zero
    }

    static let largestBatch = 100
    static let longestPause = Duration.seconds(60)
    static let oldest = Duration.seconds(86_400)
    /// More invocations than this are a function that makes no progress.
    private static let mostInvocations = 2_000_000

    let weather: CRMWeather
    /// Starts a process of the function: the first, and the next one after each kill.
    let start: ContactRecordsStart

    /// The course of a run.
    struct Course: Sendable {
        var invocations = 0
        var failures = 0
        var starts = 0
        /// The records that were given up.
        var expired = 0
        var faults: [String] = []
    }

    func run(_ shards: [[ShardRecord]]) async throws -> Course {
        var course = Course()
        var cursors = shards.map { _ in Cursor(mostRecords: Self.largestBatch) }
        var process: ContactRecordsHandler?
        while let shard = Self.next(shards, cursors), course.invocations < Self.mostInvocations {
            weather.pass(until: Self.readiness(of: shards[shard], cursors[shard]))
            let batch = Self.batch(of: shards[shard], &cursors[shard], at: weather.time, &course)
            guard !batch.isEmpty else { continue }
            let handler: ContactRecordsHandler
            if let process {
                handler = process
            } else {
                handler = try await start()
                course.starts += 1
            }
            weather.beginInvocation()
            let failed = try? await handler(batch)
            weather.endInvocation()
            process = weather.isKilled ? nil : handler
            course.invocations += 1
            settle(&cursors[shard], batch, weather.isKilled ? nil : failed, &course)
        }
        if course.invocations >= Self.mostInvocations { course.faults.append("The function makes no progress.") }
        return course
    }

    /// Returns the shard whose next batch is due first; nil when all are read.
    private static func next(_ shards: [[ShardRecord]], _ cursors: [Cursor]) -> Int? {
        shards.indices.filter { cursors[$0].place < shards[$0].count }
            .min { readiness(of: shards[$0], cursors[$0]) < readiness(of: shards[$1], cursors[$1]) }
    }

    private static func readiness(of shard: [ShardRecord], _ cursor: Cursor) -> Duration {
        max(cursor.notBefore, shard[cursor.place].arrival)
    }

    /// Returns the records of a shard that have arrived by now, beyond those that are too old.
    private static func batch(
        of shard: [ShardRecord], _ cursor: inout Cursor, at time: Duration, _ course: inout Course
    ) -> [ShardRecord] {
        while cursor.place < shard.count, time - shard[cursor.place].arrival > oldest {
            cursor.place += 1
            course.expired += 1
        }
        return Array(shard[cursor.place...].prefix(cursor.mostRecords).prefix { $0.arrival <= time })
    }

    /// Moves a shard's place on by what the function said; nil for an invocation that failed.
    private func settle(
        _ cursor: inout Cursor, _ batch: [ShardRecord], _ failed: [String]?, _ course: inout Course
    ) {
        var done = 0
        if let failed {
            let places = failed.map { number in batch.firstIndex { $0.sequenceNumber == number } }
            if places.contains(nil) { course.faults.append("The function names a record that it was not given.") }
            // One that is unknown has the whole batch come again.
            done = failed.isEmpty ? batch.count : places.map { $0 ?? 0 }.min() ?? 0
            cursor.mostRecords = Self.largestBatch
        } else {
            cursor.mostRecords = max(1, min(cursor.mostRecords, batch.count) / 2)
        }
        cursor.place += done
        if done > 0 { cursor.failures = 0 }
        guard done < batch.count else { return }
        course.failures += 1
        cursor.failures += 1
        let pause = Duration.milliseconds(500 << min(cursor.failures - 1, 7))
        cursor.notBefore = weather.time + min(pause, Self.longestPause)
    }
}

extension CRMWeather {
    /// Advances the time to a moment, if that is not past.
    func pass(until moment: Duration) {
        clock.pass(max(.zero, moment - time))
    }
}
