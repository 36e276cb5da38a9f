import Foundation
import Testing

/// The zips of `integrations/salesforce/package.py`, for people without the Salesforce CLI.
struct SalesforcePackageTests {
    private static let root = SalesforceMetadataTests.root

    private static func run(_ arguments: [String]) throws -> (status: Int32, output: Data) {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3"] + arguments
        process.standardInput = FileHandle.nullDevice
        let pipe = Pipe()
        (process.standardOutput, process.standardError) = (pipe, pipe)
        try process.run()
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, output)
    }

    private static func inFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "package-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return try body(folder)
    }

    @Test func `each manifest becomes a zip of the Metadata API's form, the same bytes each time`() throws {
        try Self.inFolder { folder in
            let script = Self.root.appending(path: "package.py").path
            for name in ["a", "b"] {
                let run = try Self.run([script, folder.appending(path: name).path])
                #expect(run.status == 0, "\(String(decoding: run.output, as: UTF8.self))")
            }
            let manifests = try FileManager.default.contentsOfDirectory(
                atPath: Self.root.appending(path: "manifest").path)
            #expect(
                manifests.sorted() == [
                    "contact-metrics-reports.xml", "contact-metrics.xml", "contact-records.xml", "customers.xml",
                    "leads.xml", "package.xml",
                ])
            for manifest in manifests {
                let zip = folder.appending(path: "a/\(manifest.dropLast(4)).zip")
                let again = folder.appending(path: "b/\(manifest.dropLast(4)).zip")
                #expect(try Data(contentsOf: zip) == Data(contentsOf: again))
                let unpacked = folder.appending(path: "\(manifest).d")
                #expect(try Self.run(["-m", "zipfile", "-e", zip.path, unpacked.path]).status == 0)
                try Self.check(unpacked, against: SalesforceMetadataTests.document("manifest/\(manifest)"))
            }
        }
    }

    @Test func `a file that no manifest names, or a name without a file, stops it`() throws {
        try Self.inFolder { folder in
            let copy = folder.appending(path: "salesforce")
            try FileManager.default.copyItem(at: Self.root, to: copy)
            let set = copy.appending(path: "force-app/main/default/permissionsets/Lead_Service.permissionset-meta.xml")
            let more = set.deletingLastPathComponent().appending(path: "More.permissionset-meta.xml")
            try FileManager.default.copyItem(at: set, to: more)
            let script = copy.appending(path: "package.py").path
            var run = try Self.run([script, folder.appending(path: "out").path])
            #expect(run.status == 1 && String(decoding: run.output, as: UTF8.self).contains("no manifest names"))
            try FileManager.default.removeItem(at: more)
            try FileManager.default.removeItem(at: set)
            run = try Self.run([script, folder.appending(path: "out").path])
            #expect(run.status == 1 && String(decoding: run.output, as: UTF8.self).contains("is not there"))
        }
    }

    /// Checks that the zip holds the files that the manifest names and no others, each well-formed.
    private static func check(_ folder: URL, against manifest: MetadataElement) throws {
        #expect(manifest.text("version") == "62.0")
        var expected: Set = ["package.xml"]
        for types in manifest.children("types") {
            let names = types.children("members").map(\.content)
            #expect(names == names.sorted() && !names.contains("*"))
            switch types.text("name") {
            case "CustomObject": expected.formUnion(names.map { "objects/\($0).object" })
            case "CustomField": expected.formUnion(try parts("fields", names, folder))
            case "ListView": expected.formUnion(try parts("listViews", names, folder))
            case "ValidationRule": expected.formUnion(try parts("validationRules", names, folder))
            case "Layout": expected.formUnion(names.map { "layouts/\($0).layout" })
            case "PermissionSet": expected.formUnion(names.map { "permissionsets/\($0).permissionset" })
            case "CustomTab": expected.formUnion(names.map { "tabs/\($0).tab" })
            // A folder is a member of its contents' type, and named by itself.
            case "Report":
                expected.formUnion(names.map { "reports/\($0)" + ($0.contains("/") ? ".report" : "-meta.xml") })
            case "Dashboard":
                expected.formUnion(names.map { "dashboards/\($0)" + ($0.contains("/") ? ".dashboard" : "-meta.xml") })
            default: Issue.record("\(types.text("name") ?? "a type") is not packed")
            }
        }
        let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
            .filter { !folder.appending(path: $0).hasDirectoryPath && $0.contains(".") }
        #expect(Set(paths) == expected)
        for path in paths {
            let element = try MetadataElement(contentsOf: folder.appending(path: path))
            #expect(element.namespace == "http://soap.sforce.com/2006/04/metadata", "\(path)")
        }
    }

    /// Returns the files of the objects that those parts belong to, once each has been compared with its names.
    private static func parts(_ element: String, _ names: [String], _ folder: URL) throws -> [String] {
        try Dictionary(grouping: names, by: { String($0.prefix { $0 != "." }) }).map { object, names in
            let file = try MetadataElement(contentsOf: folder.appending(path: "objects/\(object).object"))
            let found = Set(file.children(element).compactMap { $0.text("fullName") })
            #expect(found == Set(names.map { String($0.dropFirst(object.count + 1)) }), "\(element) of \(object)")
            return "objects/\(object).object"
        }
    }
}
