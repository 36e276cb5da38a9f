import AWS
import Crypto
import Foundation

/// template.yaml with its zips in S3, the result of `sam package`: each local `CodeUri` becomes the S3 URI of its file.
///
/// Keys are made of the files' hashes. The rest of the template is unchanged.
struct TemplatePackage {
    /// The template in the form sent to CloudFormation.
    let template: String
    /// The files that it refers to, by key.
    let files: [String: URL]
    /// The parameters that switch groups on, of which the rule AtLeastOneGroup wants one, and those of their routes.
    let switches: [String]

    /// Reads the template and finds its files, each of which must be there.
    init(_ url: URL, bucket: String) throws {
        guard let text = try? String(contentsOf: url, encoding: .utf8) else {
            throw LocalAWSError("There is no \(url.path): run this in the project.")
        }
        var files: [String: URL] = [:]
        let folder = url.deletingLastPathComponent()
        let lines = try text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            guard let path = Self.codeURI(line) else { return String(line) }
            let file = folder.appending(path: path)
            guard let bytes = try? Data(contentsOf: file) else {
                throw LocalAWSError("\(path) is not there: run ./build.sh first.")
            }
            let key = "\(SHA256.hexadecimal(SHA256.digest(Array(bytes)))).zip"
            files[key] = file
            return "\(line.prefix { $0 == " " })CodeUri: s3://\(bucket)/\(key)"
        }
        template = lines.joined(separator: "\n")
        self.files = files
        let rule = lines.drop { $0 != "  AtLeastOneGroup:" }.dropFirst().prefix { $0.hasPrefix("   ") }
        let groups = rule.compactMap { $0.firstMatch(of: /!Equals \[!Ref (\w+), "true"\]/).map { String($0.output.1) } }
        let routes = lines.compactMap { line in
            line.wholeMatch(of: /\s+Deploy\w+: !And \[.*, !Equals \[!Ref (\w+Route), "true"\]\]/)
                .map { String($0.output.1) }
        }
        switches = groups + routes
    }

    /// Returns the path in a line `CodeUri: path`; nil for any other, and for one that is in S3 already.
    private static func codeURI(_ line: Substring) -> String? {
        let words = line.split(separator: " ")
        guard words.count == 2, words[0] == "CodeUri:", !words[1].hasPrefix("s3://") else { return nil }
        return String(words[1])
    }
}
