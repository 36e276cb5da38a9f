import Encoding

extension HTTPEvent {
    /// The parameters of a body of `application/x-www-form-urlencoded`, decoded, in their order, each as often as sent.
    ///
    /// A parameter without `=` has an empty value. A body without a Content-Type is taken for a form; one of any other
    /// type has no parameters: nil.
    package var formParameters: [(name: String, value: String)]? {
        let type = headers["Content-Type"] ?? ""
        let name = type.prefix { $0 != ";" }.filter { $0 != " " && $0 != "\t" }
        guard name.isEmpty || name.isSameHeaderName(as: "application/x-www-form-urlencoded") else { return nil }
        return body.split(separator: UInt8(ascii: "&")).map { pair in
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            func text(_ index: Int) -> String {
                index < parts.count
                    ? PercentEncoding.decode(String(decoding: parts[index], as: UTF8.self), plusIsSpace: true) : ""
            }
            return (text(0), text(1))
        }
    }
}
