import Encoding

extension SOQL {
    /// Returns the values in lists that fit into a query each, beside the rest of its text.
    ///
    /// - Parameter length: The bytes that a value takes in the query, percent-encoded; `lengthInList` for a text.
    package static func lists<Value>(
        of values: [Value], beside rest: SOQL, length: (Value) -> Int
    ) -> [[Value]] {
        let room = SalesforceClient.longestQuery - PercentEncoding.encodeShortest(rest.text).utf8.count
        var lists: [[Value]] = []
        var list: [Value] = []
        var used = 0
        for value in values {
            let length = length(value)
            if !list.isEmpty, used + length > room {
                lists.append(list)
                (list, used) = ([], 0)
            }
            list.append(value)
            used += length
        }
        return list.isEmpty ? lists : lists + [list]
    }

    /// Returns the bytes that a text takes in a list of texts, with its quotes and its comma.
    package static func lengthInList(_ text: String) -> Int {
        PercentEncoding.encodeShortest(SOQL("\(text)").text).utf8.count + 1
    }
}
