import Foundation
import HTTPTypes
import Testing

@testable import AWS

/// One folder of AWS's own signing suite: a request, its context, and the expected result of every stage of signing.
///
/// The suite's `v4a` folder is left out: it is for the asymmetric variant, which nothing here signs with.
struct SigningCase: CustomTestStringConvertible, Sendable {
    enum Form: String, CaseIterable, Sendable {
        case header
        case query
    }

    let folder: URL
    let form: Form

    var testDescription: String { "\(folder.lastPathComponent), \(form)" }

    /// The suite's folder, from `SIGV4_SUITE`.
    static let suite = ProcessInfo.processInfo.environment["SIGV4_SUITE"].flatMap { $0.isEmpty ? nil : $0 }

    /// Every case, in both forms; none when the suite is not given.
    static let all: [SigningCase] = {
        guard let suite else { return [] }
        let root = URL(filePath: suite).appending(path: "tests/aws-signing-test-suite/v4")
        let folders = (try? FileManager.default.contentsOfDirectory(at: root, includingPropertiesForKeys: nil)) ?? []
        return folders.filter { FileManager.default.fileExists(atPath: $0.appending(path: "context.json").path) }
            .sorted { $0.path < $1.path }
            .flatMap { folder in Form.allCases.map { SigningCase(folder: folder, form: $0) } }
    }()

    func text(_ name: String) throws -> String {
        try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    }

    /// Returns the expected result of a stage, such as `signature`.
    func expected(_ stage: String) throws -> String {
        try text("\(form)-\(stage).txt")
    }

    func context() throws -> Context {
        try JSONDecoder().decode(Context.self, from: Data(text("context.json").utf8))
    }

    struct Context: Decodable {
        struct Credentials: Decodable {
            let access_key_id: String
            let secret_access_key: String
            let token: String?
        }

        let credentials: Credentials
        let expiration_in_seconds: Int
        let normalize: Bool
        let region: String
        let service: String
        let sign_body: Bool
        let timestamp: String
        let omit_session_token: Bool?
    }
}

/// A request in the suite's form: a request line, headers, an empty line, a body.
struct RequestText: Equatable {
    var method = ""
    var path = ""
    var host = ""
    /// Names in lower case, values with runs of white space made one space, in the order received.
    var headers: [String] = []
    var body = ""

    init(parsing text: String) {
        let parts = text.components(separatedBy: "\n\n")
        body = parts.count > 1 ? parts[1...].joined(separator: "\n\n") : ""
        // A line that begins with white space continues the one before.
        var lines: [String] = []
        for line in parts[0].split(separator: "\n") {
            if line.first == " ", !lines.isEmpty { lines[lines.count - 1] += line } else { lines.append(String(line)) }
        }
        let requestLine = lines.removeFirst()
        method = String(requestLine.prefix { $0 != " " })
        path = String(requestLine.dropFirst(method.count + 1).dropLast(" HTTP/1.1".count))
        for line in lines {
            let name = line.prefix { $0 != ":" }
            let value = line.dropFirst(name.count + 1)
            if name == "Host" { host = String(value) } else { append(String(name), String(value)) }
        }
    }

    init(_ request: HTTPRequest, body: String) {
        method = request.method.rawValue
        path = request.path ?? ""
        host = request.authority ?? ""
        self.body = body
        for field in request.headerFields { append(field.name.rawName, field.value) }
    }

    private mutating func append(_ name: String, _ value: String) {
        let words = value.split { $0.isWhitespace }.joined(separator: " ")
        headers.append("\(name.lowercased()):\(words)")
    }

    /// The order of headers means something only among those of one name.
    static func == (left: RequestText, right: RequestText) -> Bool {
        func grouped(_ request: RequestText) -> [String: [String]] {
            Dictionary(grouping: request.headers) { String($0.prefix { $0 != ":" }) }
        }
        return left.method == right.method && left.path == right.path && left.host == right.host
            && left.body == right.body && grouped(left) == grouped(right)
    }

    /// Returns the head, with `headers` unchanged.
    func request() throws -> HTTPRequest {
        var fields = HTTPFields()
        for header in headers {
            let name = header.prefix { $0 != ":" }
            guard let fieldName = HTTPField.Name(String(name)) else { throw CocoaError(.formatting) }
            fields.append(HTTPField(name: fieldName, value: String(header.dropFirst(name.count + 1))))
        }
        guard let method = HTTPRequest.Method(rawValue: method) else { throw CocoaError(.formatting) }
        return HTTPRequest(method: method, scheme: "https", authority: host, path: path, headerFields: fields)
    }
}
