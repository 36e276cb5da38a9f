import CCurl

extension EasyHandle {
    /// Sets the callbacks through which libcurl queries and feeds the transfer.
    func setCallbacks(for transfer: Transfer, _ sockets: SocketTable, _ options: inout Options) {
        transfer.sockets = sockets
        let pointer = Unmanaged.passUnretained(transfer).toOpaque()

        options.set(CURLOPT_OPENSOCKETDATA, pointer)
        options.setOpenSocket { transfer, _, address in
            guard let transfer = EasyHandle.transfer(transfer), let address = address?.pointee else { return -1 }
            return transfer.openSocket(family: address.family, type: address.socktype, protocol: address.protocol)
        }
        // libcurl keeps this pair with the connection, which outlives the transfer.
        options.set(CURLOPT_CLOSESOCKETDATA, Unmanaged.passUnretained(sockets).toOpaque())
        options.setCloseSocket { sockets, descriptor in
            if let sockets { Unmanaged<SocketTable>.fromOpaque(sockets).takeUnretainedValue().close(descriptor) }
            return 0
        }
        options.set(CURLOPT_PREREQDATA, pointer)
        options.setBeforeRequest { transfer, _, _, _, localPort in
            EasyHandle.transfer(transfer)?.beginAttempt(localPort: localPort) == true
                ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
        }
        options.set(CURLOPT_HEADERDATA, pointer)
        options.setWrite(CURLOPT_HEADERFUNCTION) { bytes, _, count, transfer in
            let line = UnsafeRawBufferPointer(start: bytes, count: count)
            return EasyHandle.transfer(transfer)?.receive(headLine: line) == true ? count : 0
        }
        options.set(CURLOPT_WRITEDATA, pointer)
        options.setWrite(CURLOPT_WRITEFUNCTION) { bytes, _, count, transfer in
            let part = UnsafeRawBufferPointer(start: bytes, count: count)
            return EasyHandle.transfer(transfer)?.receive(body: part) == true ? count : 0
        }
    }

    private static func transfer(_ pointer: UnsafeMutableRawPointer?) -> Transfer? {
        pointer.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
    }
}
