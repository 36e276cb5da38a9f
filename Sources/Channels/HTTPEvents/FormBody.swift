import Encoding

/// A body of `application/x-www-form-urlencoded`, decoded into one run of bytes: 64 KiB of it may hold 32,768 parameters.
package struct FormBody: Sendable {
    /// A parameter: where its name and its value are in `bytes`.
    package struct Parameter: Sendable {
        package let name: Range<Int>
        package let value: Range<Int>
    }

    package let bytes: [UInt8]
    /// In the order that they were sent in, each as often as sent; one without `=` has an empty value.
    package let parameters: [Parameter]

    package init(_ body: [UInt8]) {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(body.count)
        var parameters: [Parameter] = []
        var start = body.startIndex
        while start < body.endIndex {
            let end = body[start...].firstIndex(of: UInt8(ascii: "&")) ?? body.endIndex
            if start < end {
                let pair = body[start..<end]
                let equals = pair.firstIndex(of: UInt8(ascii: "=")) ?? end
                let name = decoded.count
                PercentEncoding.appendForm(pair[..<equals], to: &decoded)
                let value = decoded.count
                if equals < end { PercentEncoding.appendForm(pair[(equals + 1)...], to: &decoded) }
                parameters.append(Parameter(name: name..<value, value: value..<decoded.count))
            }
            start = end + 1
        }
        bytes = decoded
        self.parameters = parameters
    }

    /// The parameters as strings.
    package var texts: [(name: String, value: String)] {
        parameters.map {
            (String(decoding: bytes[$0.name], as: UTF8.self), String(decoding: bytes[$0.value], as: UTF8.self))
        }
    }
}

extension HTTPEvent {
    /// Returns true for a form by its Content-Type; a body without one is taken for a form.
    package var holdsForm: Bool {
        let type = headers["Content-Type"] ?? ""
        let name = String((type.parts(at: ";").first ?? "").filter { $0 != " " && $0 != "\t" })
        return name.isEmpty || name.isSameHeaderName(as: "application/x-www-form-urlencoded")
    }

    /// The parameters of a form, decoded, in their order, each as often as sent; nil for a body of any other type.
    package var formParameters: [(name: String, value: String)]? {
        holdsForm ? FormBody(body).texts : nil
    }
}
