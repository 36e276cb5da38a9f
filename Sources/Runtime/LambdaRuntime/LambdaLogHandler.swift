package import Logging

/// swift-log's handler on Lambda: one line a message, with the request id and the trace id on each.
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
        configuration.write(Array("\(event.message)\n".utf8))
    }
}
