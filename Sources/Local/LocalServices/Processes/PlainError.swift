package import Foundation
import SystemPackage

/// Errors of Foundation and the system as people read them: the path and the reason, no domain and no number.
package enum PlainError {
    /// True for errors of Foundation and the system, whose own words are a domain and a number.
    package static func isOfTheSystem(_ error: any Error) -> Bool {
        error is CocoaError || error is POSIXError || error is Errno || error is DecodingError
    }

    /// Returns a whole sentence, with the path where the error has one.
    package static func sentence(of error: any Error) -> String {
        guard let path = path(of: error) else {
            let reason = reason(of: error)
            return reason.last.map { ".!?\n".contains($0) } ?? false ? reason : "\(reason)."
        }
        return "\(path) cannot be used: \(reason(of: error))."
    }

    /// Returns the reason alone, such as "it does not exist"; for errors of our own all they say.
    package static func reason(of error: any Error) -> String {
        if let error = error as? CocoaError {
            switch error.code {
            case .fileReadNoSuchFile, .fileNoSuchFile: return "it does not exist"
            case .fileReadNoPermission, .fileWriteNoPermission: return "access is not allowed"
            case .fileWriteOutOfSpace: return "the disk is full"
            default: return posix(error).map(reason) ?? error.localizedDescription
            }
        }
        if let error = error as? POSIXError { return reason(ofErrno: error.code.rawValue) }
        if let error = error as? Errno { return reason(ofErrno: error.rawValue) }
        if let error = error as? DecodingError { return reason(of: error) }
        return "\(error)"
    }

    private static func path(of error: any Error) -> String? {
        guard let error = error as? CocoaError else { return nil }
        return error.filePath ?? error.url?.path
    }

    private static func posix(_ error: CocoaError) -> (any Error)? { error.underlying as? POSIXError }

    private static func reason(ofErrno number: Int32) -> String {
        switch number {
        case ENOENT: "it does not exist"
        case EACCES, EPERM: "access is not allowed"
        case EISDIR: "it is a folder"
        case ENOTDIR: "a part of its path is no folder"
        case ENOSPC: "the disk is full"
        default: String(cString: strerror(number)).lowercased()
        }
    }

    private static func reason(of error: DecodingError) -> String {
        let (context, what): (DecodingError.Context, String) =
            switch error {
            case .keyNotFound(let key, let context): (context, "\(key.stringValue) is missing")
            case .valueNotFound(_, let context): (context, "a value is null")
            case .typeMismatch(let type, let context): (context, "a value is not of type \(type)")
            case .dataCorrupted(let context): (context, context.debugDescription.trimmingCharacters(in: ["."]))
            @unknown default: (DecodingError.Context(codingPath: [], debugDescription: ""), "it does not fit")
            }
        let path = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? ".\($0.stringValue)" }.joined()
        return path.isEmpty ? what : "\(what) at \(path.trimmingCharacters(in: ["."]))"
    }
}

/// The folder for temporary files.
package enum TemporaryFolder {
    /// The reason why no file can be written there, and what to do.
    package struct Missing: Error, CustomStringConvertible {
        package let description: String
    }

    /// Throws when TMPDIR names no folder.
    package static func url() throws(Missing) -> URL {
        if let path = ProcessInfo.processInfo.environment["TMPDIR"], !path.isEmpty {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
                throw Missing(
                    description: "The folder for temporary files does not exist: TMPDIR is \(path). Set another.")
            }
        }
        return FileManager.default.temporaryDirectory
    }
}
