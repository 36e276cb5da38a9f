import Calling

/// The transfers under way, and the handles that wait for the next ones. Used on one thread only.
final class TransferLoop {
    /// Handles kept for later calls; more than this many calls at once make and drop some.
    private static let maximumIdleHandles = 8

    private let multi: MultiHandle
    private let settings: NetworkSettings
    private let now: @Sendable () -> Moment
    private let trust: TLSTrust
    private var names = ResolvedNames()
    private var running: [UnsafeMutableRawPointer: (easy: EasyHandle, transfer: Transfer)] = [:]
    private var idle: [EasyHandle] = []

    init(_ multi: MultiHandle, _ settings: NetworkSettings, now: @escaping @Sendable () -> Moment) {
        self.multi = multi
        self.settings = settings
        self.now = now
        trust = TLSTrust(now: now)
    }

    /// Starts a transfer, or ends it at once when it is late, cancelled or cannot be set up.
    func start(_ transfer: Transfer) {
        guard !transfer.cancellation.isCancelled else { return transfer.fail(.cancelled(transfer)) }
        let left = transfer.deadline - .now
        guard left > .zero else {
            return transfer.fail(HTTPClientError(curl: .operationTimedOut, transfer, detail: ""))
        }
        let now = now()
        if transfer.request.isSecure, !trust.isRead(now) {
            switch settings.caBundle {
            case .success(let path): trust.path = path
            case .failure(let missing): return transfer.fail(.untrusted(transfer, missing.reason))
            }
        }
        guard let easy = idle.popLast() ?? EasyHandle() else {
            return transfer.fail(.failed(transfer, "libcurl could not be initialised"))
        }
        multi.sockets.endStaleConnections(idleFor: transfer.options.maximumIdle, now)
        let isFresh = names.isFresh(transfer.request.authority, now)
        let code = easy.prepare(
            transfer, multi.sockets, settings, trust, usesKnownAddress: isFresh,
            milliseconds: left.wholeMilliseconds)
        guard code == .ok, multi.add(easy) else {
            keep(easy)
            return transfer.fail(HTTPClientError(curl: code == .ok ? .outOfMemory : code, transfer, detail: ""))
        }
        running[easy.pointer] = (easy, transfer)
    }

    /// Ends the transfers whose tasks were cancelled, or all.
    func endTransfers(all: Bool) {
        for (easy, transfer) in running.values where all || transfer.cancellation.isCancelled {
            multi.remove(easy)
            multi.sockets.release(transfer, now())
            running[easy.pointer] = nil
            keep(easy)
            transfer.fail(.cancelled(transfer))
        }
    }

    /// Milliseconds after which `advance` must be called, if nothing happens before.
    var longestWait: Int32 { running.isEmpty ? .max : 60_000 }

    /// Moves the transfers on, and ends those that are done.
    func advance() {
        multi.perform()
        while let (pointer, code) = multi.nextEnded() {
            guard let (easy, transfer) = running.removeValue(forKey: pointer) else { continue }
            multi.remove(easy)
            multi.sockets.release(transfer, now())
            let detail = code == .ok ? "" : easy.detail
            keep(easy)
            if code == .ok {
                transfer.succeed()
            } else {
                transfer.fail(HTTPClientError(curl: code, transfer, detail: detail))
            }
        }
    }

    private func keep(_ easy: EasyHandle) {
        easy.reset()
        if idle.count < Self.maximumIdleHandles { idle.append(easy) }
    }
}

extension Duration {
    /// Whole milliseconds, rounded up, from 1 to what libcurl takes.
    fileprivate var wholeMilliseconds: Int {
        let (seconds, attoseconds) = components
        guard seconds < 1_000_000 else { return 1_000_000_000 }
        return max(1, Int(seconds) * 1000 + Int((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000))
    }
}
