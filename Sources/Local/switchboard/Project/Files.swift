import Foundation
import JSON
import LocalServices

/// Small questions to the file system.
enum Files {
    static func isFolder(_ url: URL) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) && isFolder.boolValue
    }

    /// The names of the folders in a folder; hidden ones left out.
    static func folders(in url: URL) -> [String] {
        names(in: url).filter { isFolder(url.appending(path: $0)) }
    }

    /// The sorted names in a folder; hidden ones left out, none when it does not exist.
    static func names(in url: URL) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
        return names.filter { !$0.hasPrefix(".") }.sorted()
    }

    /// The file's bytes, or a refusal that says what the file was wanted for.
    static func read(_ url: URL, _ purpose: String) throws(Refusal) -> [UInt8] {
        guard !isFolder(url) else { throw Refusal("The \(purpose) \(url.path) cannot be read: it is a folder.") }
        do {
            return Array(try Data(contentsOf: url))
        } catch {
            throw Refusal("The \(purpose) \(url.path) cannot be read: \(PlainError.reason(of: error)).")
        }
    }

    /// The file's JSON, or a refusal with the line and the column of what is none.
    static func json(_ url: URL, _ purpose: String) throws -> JSONValue {
        let bytes = try read(url, purpose)
        if let fault = JSONFault(in: bytes) {
            throw Refusal("The \(purpose) \(url.path) is not JSON\(fault.place).")
        }
        return try JSONValue(parsing: bytes)
    }
}

/// The place in a text where it ceases to be JSON.
struct JSONFault {
    /// ` (line 3, column 14)`; empty where no place is known.
    let place: String

    /// Nil for JSON.
    init?(in bytes: [UInt8]) {
        do {
            _ = try JSONValue(parsing: bytes)
            return nil
        } catch {
            // The sentence tells the byte; people look for a line.
            guard let offset = "\(error)".firstMatch(of: #/byte (\d+) of/#).flatMap({ Int($0.1) }) else {
                place = ""
                return
            }
            place = " (\(Self.place(of: offset, in: bytes)))"
        }
    }

    /// Returns the place of a byte, as `line 3, column 14`.
    static func place(of offset: Int, in bytes: [UInt8]) -> String {
        let before = bytes.prefix(offset)
        let line = before.count { $0 == UInt8(ascii: "\n") } + 1
        let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        return "line \(line), column \(String(decoding: before[start...], as: UTF8.self).count + 1)"
    }
}
