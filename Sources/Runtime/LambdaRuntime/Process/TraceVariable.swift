import Glibc

/// `_X_AMZN_TRACE_ID`, which AWS's own libraries read, set to the header of the invocation at hand.
///
/// The value lies in memory of this type: `setenv` keeps every value that it was ever given.
final class TraceVariable {
    private static let name = "_X_AMZN_TRACE_ID"
    /// Lambda's values have about 100 characters; a longer one than this is left out.
    private static let capacity = 1024
    private let entry: UnsafeMutablePointer<CChar>
    private var isSet = false

    init() {
        entry = .allocate(capacity: Self.capacity)
        unsetenv(Self.name)
    }

    deinit {
        unsetenv(Self.name)
        entry.deallocate()
    }

    /// Sets the variable, or removes it when the invocation is not traced.
    func set(_ traceID: String?) {
        guard let traceID, traceID.utf8.count < Self.capacity - Self.name.utf8.count - 2 else {
            if isSet { unsetenv(Self.name) }
            isSet = false
            return
        }
        var end = entry
        for byte in Self.name.utf8 { end = end.appending(byte) }
        end = end.appending(UInt8(ascii: "="))
        for byte in traceID.utf8 { end = end.appending(byte) }
        end.pointee = 0
        if !isSet { putenv(entry) }
        isSet = true
    }
}

extension UnsafeMutablePointer<CChar> {
    fileprivate func appending(_ byte: UInt8) -> Self {
        pointee = CChar(bitPattern: byte)
        return self + 1
    }
}
