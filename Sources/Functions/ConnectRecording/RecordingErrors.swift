import CallRecords
import LambdaRuntime
import Salesforce

extension FunctionError.Code {
    /// Salesforce refused the record permanently; a retry is refused again.
    static let recordRejected = Self(rawValue: "Function.RecordRejected")
}

extension FunctionError {
    /// The error of a call that writes records; Salesforce's own sentence, which may quote them, is left out.
    init(registering error: SalesforceError) {
        switch error.kind {
        case .refused where SalesforceError.passingCodes.contains(error.code):
            self.init(.serviceUnavailable, "\(error) Retry later.")
        case .refused:
            self.init(
                .recordRejected,
                "\(error) A retry will be refused too: check the object, its fields and the permission set.")
        case .ambiguous:
            self.init(
                .recordRejected, "\(error) Several records have this contact id: make Contact_Id__c unique.")
        case .invalid, .tooLarge: self.init(.recordRejected, "\(error)")
        case .credentialsRefused, .clientRefused, .heldBack, .limitReached, .unavailable, .timedOut, .unreadable:
            self.init(.serviceUnavailable, "\(error) Retry later.")
        }
    }
}
