import Encoding
package import Logging

/// swift-log's handler on Lambda: one line a message, with the request id and the trace id on each.
///
/// JSON lines are objects of `timestamp`, `level`, `message`, `requestId`, `traceId` and the metadata; text lines have
/// the same in that order. Timestamps are UTC in milliseconds.
package struct LambdaLogHandler: LogHandler {
    private let configuration: LogConfiguration
    private let requestID: String?
    private let traceID: String?
    package var logLevel: Logger.Level
    package var metadata: Logger.Metadata = [:]

    package init(configuration: LogConfiguration, requestID: String? = nil, traceID: String? = nil) {
        self.configuration = configuration
        self.requestID = requestID
        self.traceID = traceID
        self.logLevel = configuration.level
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        var metadata = metadata
        if let added = event.metadata { metadata.merge(added) { $1 } }
        if let error = event.error { metadata["error"] = "\(error)" }
        write(event.level, event.message.description, metadata)
    }

    /// Writes one line, whatever level the log is filtered for.
    func write(_ level: Logger.Level, _ message: String, _ metadata: Logger.Metadata = [:]) {
        let line = LogLine(
            timestamp: UTCTime.now.extended,
            level: level.lambdaName, message: message, requestID: requestID, traceID: traceID, metadata: metadata)
        configuration.write(configuration.format == .json ? line.json : line.text)
    }
}

extension Logger.Level {
    /// Lambda's name of the level; its levels are TRACE, DEBUG, INFO, WARN, ERROR and FATAL.
    var lambdaName: String {
        switch self {
        case .trace: "TRACE"
        case .debug: "DEBUG"
        case .info, .notice: "INFO"
        case .warning: "WARN"
        case .error: "ERROR"
        case .critical: "FATAL"
        }
    }

    /// The level of `AWS_LAMBDA_LOG_LEVEL`; nil when it is not one of Lambda's.
    init?(lambdaName: String) {
        let names: [String: Logger.Level] = [
            "TRACE": .trace, "DEBUG": .debug, "INFO": .info, "WARN": .warning, "ERROR": .error, "FATAL": .critical,
        ]
        guard let level = names[lambdaName.uppercased()] else { return nil }
        self = level
    }
}
