import AWS
import LambdaRuntime
import Salesforce

extension FunctionError.Code {
    /// Amazon Connect refuses the request for good: the instance, a setting or this program is at fault.
    static let connectRejected = Self(rawValue: "Function.ConnectRejected")
}

extension FunctionError {
    /// The error of a failed request to Amazon Connect.
    init(connect error: AWSError) {
        if error.isRejection {
            self.init(
                .connectRejected,
                "\(error) The next run will be refused too: check CONNECT_INSTANCE_ARN and METRICS_QUEUES.")
        } else if error.isDenied {
            self.init(
                .serviceUnavailable, "\(error) The function's role must allow \(error.action) on the instance.")
        } else {
            self.init(.serviceUnavailable, "\(error) The next run makes up for it.")
        }
    }

    /// The error of a state that cannot be read or written.
    init(table error: AWSError) {
        self.init(.serviceUnavailable, "\(error) Check METRICS_TABLE: the next run makes up for it.")
    }

    /// The error of a failed request to Salesforce; its own sentence, which may quote a row, is left out.
    init(salesforce error: SalesforceError) {
        switch error.kind {
        case .limitReached, .timedOut, .unavailable, .unreadable:
            self.init(.serviceUnavailable, "\(error) The next run makes up for it.")
        default:
            self.init(
                .serviceUnavailable,
                "\(error) Check the objects Queue_Status__c and Contact_Metric__c, their fields and the permission set."
            )
        }
    }

    /// The error of rows that Salesforce did not take this time.
    init(untaken code: String) {
        self.init(
            .serviceUnavailable,
            "Salesforce could not take every row now: \(code.isEmpty ? "no code" : code). The next run writes them again."
        )
    }
}
