package import Foundation
package import LocalServices

/// The files of the page, read from their folder for each request, so that a change shows when the page is loaded again.
package struct ConsolePage: Sendable {
    private static let types = [
        "css": "text/css; charset=utf-8", "html": "text/html; charset=utf-8", "js": "text/javascript; charset=utf-8",
        "svg": "image/svg+xml",
    ]

    private let folder: URL

    package init(_ folder: URL) {
        self.folder = folder
    }

    /// Returns the file at a path of the page; nil where there is none.
    package func answer(_ path: String) -> LocalResponse? {
        let path = path == "/" ? "/index.html" : String(path.prefix { $0 != "?" })
        // Letters alone: no path leads out of the folder.
        guard let match = path.wholeMatch(of: #/\/((?:[a-z]+\/)?[a-z]+\.([a-z]+))/#),
            let type = Self.types[String(match.2)],
            let data = try? Data(contentsOf: folder.appending(path: String(match.1)))
        else { return nil }
        return LocalResponse(200, type: type, Array(data))
    }
}
