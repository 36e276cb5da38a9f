import Foundation

extension LocalFunction.Configuration {
    /// The folder of the bootstrap: `LAMBDA_TASK_ROOT`.
    var root: String { URL(filePath: bootstrap).deletingLastPathComponent().path }

    /// Lambda's variables for a custom runtime, overlaid with the function's own.
    ///
    /// AWS's page: "Using Lambda environment variables", reserved and unreserved ones.
    func variables(address: String) -> [String: String] {
        let reserved = [
            "AWS_LAMBDA_RUNTIME_API": address,
            "AWS_LAMBDA_FUNCTION_NAME": name,
            "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "\(memorySize)",
            "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
            "AWS_LAMBDA_LOG_GROUP_NAME": "/aws/lambda/\(name)",
            "AWS_LAMBDA_LOG_STREAM_NAME": "local",
            "LAMBDA_TASK_ROOT": root,
            "_HANDLER": name,
        ]
        let defaults = [
            "AWS_REGION": region,
            "AWS_DEFAULT_REGION": region,
            "AWS_LAMBDA_LOG_FORMAT": "Text",
            "AWS_LAMBDA_LOG_LEVEL": "INFO",
            "LANG": "en_US.UTF-8",
            "PATH": "/usr/local/bin:/usr/bin:/bin",
            "TZ": ":UTC",
        ]
        return defaults.merging(environment) { $1 }.merging(reserved) { $1 }
    }
}

extension RuntimeAPI.Invocation {
    /// An invocation with fresh identifiers.
    init(event: [UInt8], timeout: Duration, fields: [String: String] = [:]) {
        func hexadecimal(_ digits: Int) -> String {
            String(UUID().uuidString.lowercased().filter { $0 != "-" }.prefix(digits))
        }
        let seconds = String(Int(Date.now.timeIntervalSince1970), radix: 16)
        self.init(
            requestID: UUID().uuidString.lowercased(), invocationID: UUID().uuidString.lowercased(),
            traceID: "Root=1-\(seconds)-\(hexadecimal(24));Parent=\(hexadecimal(16));Sampled=0", event: event,
            timeout: timeout, fields: fields)
    }
}

extension InvocationOutcome {
    /// Returns Lambda's error for a process that ends during an invocation, or before its first.
    static func exited(_ ending: ChildProcess.Ending, requestID: String) -> InvocationOutcome {
        let reason =
            switch ending {
            case .exited(0): "Runtime exited without providing a reason"
            case .exited(let status): "Runtime exited with error: exit status \(status)"
            case .signalled(let signal):
                "Runtime exited with error: signal: \(String(cString: strsignal(signal)).lowercased())"
            }
        let request = requestID.isEmpty ? "" : "RequestId: \(requestID) "
        return .runtimeError(type: "Runtime.ExitError", message: "\(request)Error: \(reason)")
    }
}

extension InvocationReport {
    /// Returns Lambda's END and REPORT lines.
    func lines(memorySize: Int) -> [String] {
        var facts = [
            "REPORT RequestId: \(requestID)", "Duration: \(duration.milliseconds) ms",
            "Billed Duration: \(Int((duration / .milliseconds(1)).rounded(.up))) ms", "Memory Size: \(memorySize) MB",
        ]
        if let maxMemory {
            facts.append("Max Memory Used: \((maxMemory + (1 << 20) - 1) >> 20) MB")
        }
        if let initDuration {
            facts.append("Init Duration: \(initDuration.milliseconds) ms")
        }
        return ["END RequestId: \(requestID)", facts.joined(separator: "\t")]
    }
}

extension ChildProcess {
    /// The process's peak memory so far, in bytes; nil once it has ended.
    ///
    /// The kernel reports it while the process runs: the value of `wait4` would include this program's own size before
    /// `exec`.
    var maxMemory: Int? {
        guard
            let status = try? String(contentsOfFile: "/proc/\(processID)/status", encoding: .utf8),
            let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
            let kilobytes = line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap({ Int($0) })
        else { return nil }
        return kilobytes * 1024
    }
}
