/// How a contact began; a method that is not listed here stays as it came.
package struct InitiationMethod: RawRepresentable, Hashable, Sendable {
    package let rawValue: String

    package init(rawValue: String) {
        self.rawValue = rawValue
    }

    package static let inbound = InitiationMethod(rawValue: "INBOUND")
    package static let outbound = InitiationMethod(rawValue: "OUTBOUND")
    package static let transfer = InitiationMethod(rawValue: "TRANSFER")
    package static let queueTransfer = InitiationMethod(rawValue: "QUEUE_TRANSFER")
    package static let callback = InitiationMethod(rawValue: "CALLBACK")
    package static let api = InitiationMethod(rawValue: "API")
    package static let disconnect = InitiationMethod(rawValue: "DISCONNECT")
    package static let monitor = InitiationMethod(rawValue: "MONITOR")
}
