import Foundation
import JSON
import LocalServices

/// The JSON of a contact flow's file; files in other encodings and forms are refused by name.
struct FlowFile {
    let json: JSONValue
    /// Its text in UTF-8, without a byte order mark.
    let bytes: [UInt8]
    /// A mark is passed over, as most readers of JSON do; the flow's notes mention it.
    let hasByteOrderMark: Bool

    /// Reads a file; `name` is for the refusal, which says what the file is instead, and where.
    init(_ file: [UInt8], named name: String) throws(Refusal) {
        if let encoding = Self.wideEncoding(of: file) {
            throw Refusal("\(name) cannot be read: it is in \(encoding). Save it in UTF-8.")
        }
        hasByteOrderMark = file.starts(with: Self.byteOrderMark)
        bytes = hasByteOrderMark ? Array(file.dropFirst(Self.byteOrderMark.count)) : file
        if bytes.allSatisfy({ $0 == 0x20 || (0x09...0x0D).contains($0) }) {
            throw Refusal("\(name) cannot be read: it is empty.")
        }
        if let offset = Self.invalidByte(in: bytes) {
            let byte = "0x" + String(bytes[offset], radix: 16, uppercase: true)
            throw Refusal(
                "\(name) cannot be read: it is not in UTF-8, but perhaps in Latin-1 "
                    + "(byte \(byte), \(JSONFault.place(of: offset, in: bytes))). Save it in UTF-8.")
        }
        do {
            json = try JSONValue(parsing: bytes)
        } catch .beyondLimits {
            throw Refusal("\(name) cannot be read: it is nested too deep, or has a number that is too large.")
        } catch {
            throw Refusal("\(name) is not JSON\(JSONFault(in: bytes)?.place ?? "").")
        }
        if let form = Self.otherForm(of: json) { throw Refusal("\(name) is \(form)") }
    }

    /// Far more than 250 actions have.
    private static let largest = 16 << 20

    /// Returns the bytes of a flow's file, also of a pipe; a file that is too large is refused.
    static func bytes(of url: URL) throws(Refusal) -> [UInt8] {
        guard !Files.isFolder(url) else { return try Files.read(url, "contact flow") }
        do {
            let file = try FileHandle(forReadingFrom: url)
            let bytes = Array(try file.read(upToCount: largest + 1) ?? Data())
            guard bytes.count > largest else { return bytes }
        } catch {
            throw Refusal("The contact flow \(url.path) cannot be read: \(PlainError.reason(of: error)).")
        }
        throw Refusal("The contact flow \(url.path) cannot be read: it has more than \(largest >> 20) MB.")
    }

    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// Returns the name of an encoding in units of two or four bytes, by its mark or, as JSON begins with ASCII, by the
    /// zeros at the beginning; RFC 4627 section 3.
    private static func wideEncoding(of file: [UInt8]) -> String? {
        let marks: [(bytes: [UInt8], name: String)] = [
            ([0xFF, 0xFE, 0, 0], "UTF-32 (little-endian, with a byte order mark)"),
            ([0, 0, 0xFE, 0xFF], "UTF-32 (big-endian, with a byte order mark)"),
            ([0xFF, 0xFE], "UTF-16 (little-endian, with a byte order mark)"),
            ([0xFE, 0xFF], "UTF-16 (big-endian, with a byte order mark)"),
        ]
        if let mark = marks.first(where: { file.starts(with: $0.bytes) }) { return mark.name }
        guard file.count > 1 else { return nil }
        switch (file[0] == 0, file[1] == 0, file.count > 3 && file[2] == 0 && file[3] == 0) {
        case (false, true, true): return "UTF-32 (little-endian)"
        case (true, true, _): return "UTF-32 (big-endian)"
        case (false, true, false): return "UTF-16 (little-endian)"
        case (true, false, _): return "UTF-16 (big-endian)"
        case (false, false, _): return nil
        }
    }

    /// Returns the offset of the first byte that is not UTF-8.
    private static func invalidByte(in bytes: [UInt8]) -> Int? {
        guard String(validating: bytes, as: UTF8.self) == nil else { return nil }
        var parser = Unicode.UTF8.ForwardParser()
        var rest = bytes.makeIterator()
        var offset = 0
        while true {
            switch parser.parseScalar(from: &rest) {
            case .valid(let scalar): offset += scalar.count
            case .error: return offset
            case .emptyInput: return nil
            }
        }
    }

    /// Returns a sentence without its subject on JSON that is not a flow in the flow language.
    private static func otherForm(of json: JSONValue) -> String? {
        let outOf = { (path: String) in
            "not a contact flow itself, but has it as a text in \(path): take it out, as 'jq -r .\(path)' does."
        }
        if json["Actions"]?.array != nil { return nil }
        if json["modules"]?.array != nil {
            return "an export of before 2019, with modules instead of Actions: import it into a flow of the console, "
                + "and export that one."
        }
        for (name, command) in [
            ("ContactFlow", "describe-contact-flow"), ("ContactFlowModule", "describe-contact-flow-module"),
        ] where json[name]?["Content"] != nil {
            return "the output of \(command), " + outOf("\(name).Content")
        }
        if json["Content"] != nil {
            return "a wrapper with Name, Type and Content around a flow, " + outOf("Content")
        }
        if json["Resources"]?.object != nil {
            return "a CloudFormation template, not a contact flow: give the files that its flows are made from."
        }
        let kind =
            switch json {
            case .object: "it must be a JSON object with Actions, a list."
            case .array: "it is a list, and must be a JSON object with Actions."
            case .string: "it is a text, and must be a JSON object with Actions."
            case .null, .bool, .number: "it must be a JSON object with Actions."
            }
        return "not a contact flow: \(kind)"
    }
}
