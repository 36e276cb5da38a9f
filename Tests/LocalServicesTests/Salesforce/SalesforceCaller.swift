import Foundation
import JSON
import Settings

@testable import LocalServices

/// Raw HTTP calls on the local Salesforce.
struct SalesforceCaller {
    let double: SalesforceDouble
    var token = SalesforceUser.agent.token

    static let data = "/services/data/v62.0"

    private static func port(_ url: String) -> UInt16 {
        URL(string: url)?.port.map(UInt16.init) ?? 0
    }

    static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }

    func signIn(
        _ form: [String: String], type: String = "application/x-www-form-urlencoded", query: String = ""
    ) async throws -> (status: Int, body: JSONValue) {
        let text = form.map { "\(Self.encoded($0.key))=\(Self.encoded($0.value))" }.joined(separator: "&")
        return try Self.read(
            try await LocalHTTP.send(
                "POST", "/services/oauth2/token\(query)", port: Self.port(double.loginURL),
                fields: ["Content-Type": type], body: Array(text.utf8)))
    }

    func call(
        _ method: String, _ path: String, _ body: JSONValue? = nil, fields: [String: String] = [:],
        onLoginHost: Bool = false
    ) async throws -> (status: Int, body: JSONValue) {
        let all = ["Authorization": "Bearer \(token)", "Content-Type": "application/json"].merging(fields) { $1 }
        return try Self.read(
            try await LocalHTTP.send(
                method, path, port: Self.port(onLoginHost ? double.loginURL : double.instanceURL), fields: all,
                body: body?.bytes ?? []))
    }

    func query(_ soql: String, fields: [String: String] = [:]) async throws -> (status: Int, body: JSONValue) {
        try await call("GET", "\(Self.data)/query?q=\(Self.encoded(soql))", fields: fields)
    }

    func post(_ path: String, _ json: String) async throws -> (status: Int, body: JSONValue) {
        try await call("POST", Self.data + path, try JSONValue(parsing: Array(json.utf8)))
    }

    func patch(_ path: String, _ json: String) async throws -> (status: Int, body: JSONValue) {
        try await call("PATCH", Self.data + path, try JSONValue(parsing: Array(json.utf8)))
    }

    private static func read(_ answer: HTTPMessage) throws -> (status: Int, body: JSONValue) {
        (
            answer.status ?? 0,
            (try? JSONValue(parsing: answer.body)) ?? .string(String(decoding: answer.body, as: UTF8.self))
        )
    }
}

extension JSONValue {
    /// The error code of a data call's error array.
    var code: String? { array?.first?["errorCode"]?.string }

    /// The members of an array's objects under a name.
    func texts(_ name: String) -> [String] { array?.compactMap { $0[name]?.string } ?? [] }
}
