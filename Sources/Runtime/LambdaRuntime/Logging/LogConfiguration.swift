import Glibc
package import Logging
package import Settings

/// The log settings of a process: `AWS_LAMBDA_LOG_FORMAT` (`Text`, `JSON`) and `AWS_LAMBDA_LOG_LEVEL` (TRACE … FATAL).
package struct LogConfiguration: Sendable {
    /// The form of a line, by the value of `AWS_LAMBDA_LOG_FORMAT`.
    package enum Format: Sendable {
        case text
        case json
    }

    package var format: Format
    /// The lowest level that is written; messages that end the process always are.
    package var level: Logger.Level
    /// The destination of a finished line, newline included: standard error unless a test collects them.
    package var write: @Sendable (_ line: [UInt8]) -> Void

    package init(
        format: Format = .text, level: Logger.Level = .info,
        write: @escaping @Sendable (_ line: [UInt8]) -> Void = LogConfiguration.writeToStandardError
    ) {
        self.format = format
        self.level = level
        self.write = write
    }

    /// Reads the two variables; any other value means the default, Text and INFO.
    package init(_ environment: Environment) {
        self.init(
            format: environment["AWS_LAMBDA_LOG_FORMAT"]?.lowercased() == "json" ? .json : .text,
            level: environment["AWS_LAMBDA_LOG_LEVEL"].flatMap(Logger.Level.init(lambdaName:)) ?? .info)
    }

    /// One `write(2)` a line, so that lines of concurrent invocations never mix: Lambda makes a log event of each write.
    package static let writeToStandardError: @Sendable (_ line: [UInt8]) -> Void = { line in
        _ = line.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
