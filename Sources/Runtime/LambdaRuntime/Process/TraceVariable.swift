import Glibc

/// `_X_AMZN_TRACE_ID`, which AWS's own libraries read, set to the header of the invocation at hand.
///
/// The value lies in memory of this type: `setenv` keeps every value that it was ever given.
final class TraceVariable {
    private static let name = "_X_AMZN_TRACE_ID"
    /// Lambda's values have about 100 characters; a longer one than this is left out.
    private static let capacity = 1024
    /// `name=value`, as `putenv` takes it; the value is written in place.
    private let entry: UnsafeMutablePointer<CChar>
    private let value: UnsafeMutableRawPointer
    private var isSet = false

    init() {
        entry = .allocate(capacity: Self.name.utf8.count + 1 + Self.capacity)
        value = UnsafeMutableRawPointer(stpcpy(stpcpy(entry, Self.name), "="))
        unsetenv(Self.name)
    }

    deinit {
        unsetenv(Self.name)
        entry.deallocate()
    }

    /// Sets the variable, or removes it when the invocation is not traced.
    func set(_ traceID: UnsafeRawBufferPointer?) {
        guard let traceID, let bytes = traceID.baseAddress, traceID.count < Self.capacity else {
            if isSet { unsetenv(Self.name) }
            isSet = false
            return
        }
        value.copyMemory(from: bytes, byteCount: traceID.count)
        value.storeBytes(of: 0, toByteOffset: traceID.count, as: UInt8.self)
        if !isSet { putenv(entry) }
        isSet = true
    }
}
