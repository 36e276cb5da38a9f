import Foundation
import TestSupport
import Testing

/// Links of the pages within the project.
struct LinkTests {
    /// The targets of a page's links and pictures: `](target)`, and `src="target"`, `srcset="target"` of HTML.
    static func targets(in text: String) -> [String] {
        let code = text.replacing(/`[^`\n]*`/, with: "")
        return code.matches(of: /\]\(([^)\s]+)\)/).map { String($0.1) }
            + text.matches(of: /(?:src|srcset|href)="([^"]+)"/).map { String($0.1) }
    }

    @Test(arguments: Page.all)
    func `relative links lead to files that are there, and anchors to their headings`(page: Page) throws {
        let folder = URL(filePath: page.path).relativePath.split(separator: "/").dropLast().joined(separator: "/")
        for target in Self.targets(in: try page.prose) where target.firstMatch(of: /^[a-z]+:/) == nil {
            let parts = target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            let path = parts[0].isEmpty ? page.path : Self.resolved(parts[0], from: folder)
            let file = TestProcess.root.appending(path: path)
            #expect(FileManager.default.fileExists(atPath: file.path), "\(page.path): \(target) is not there")
            guard parts.count == 2, path.hasSuffix(".md") else { continue }
            #expect(try Page(path: path).anchors.contains(parts[1]), "\(page.path): \(target) has no such heading")
        }
    }

    @Test func `every page has links, and the reader of a missing one would be told`() throws {
        let count = try Page.all.reduce(0) { try $0 + Self.targets(in: $1.prose).count }
        #expect(Page.all.count > 20 && count > 200)
        #expect(!FileManager.default.fileExists(atPath: TestProcess.root.appending(path: "docs/nowhere.md").path))
        #expect(Self.targets(in: "[a](b.md#c) `[d](e)` <img src=\"f.svg\">") == ["b.md#c", "f.svg"])
        #expect(Self.resolved("../x/./y.md", from: "docs/a") == "docs/x/y.md")
    }

    @Test func `the index leads to every page of docs, and README to the index`() throws {
        let index = Set(Self.targets(in: try Page(path: "docs/index.md").text))
        for page in Page.all where page.path.hasPrefix("docs/") && page.path != "docs/index.md" {
            #expect(index.contains(String(page.path.dropFirst("docs/".count))), "docs/index.md lacks \(page.path)")
        }
        #expect(Self.targets(in: try Page(path: "README.md").text).contains("docs/index.md"))
    }

    @Test func `README stays a page of two screens, with its picture and the two commands`() throws {
        let readme = try Page(path: "README.md").text
        #expect(readme.split(separator: "\n", omittingEmptySubsequences: false).count <= 150)
        for part in ["./build.sh demo", "./build.sh test", "(docs/pictures/overview.svg)", "no Swift", "licence"] {
            #expect(readme.contains(part), "\(part)")
        }
    }

    @Test(arguments: Page.all)
    func `a row of a table has as many cells as its head`(page: Page) throws {
        var columns: Int?
        for line in try page.prose.split(separator: "\n", omittingEmptySubsequences: false) {
            guard line.hasPrefix("|") else {
                columns = nil
                continue
            }
            // GitHub and GitLab take a `|` in code for the end of a cell too, unless a backslash stands before it.
            let cells = line.replacing("\\|", with: "").split(separator: "|", omittingEmptySubsequences: false).count
            #expect(columns == nil || columns == cells, "\(page.path): \(line.prefix(80))")
            columns = columns ?? cells
        }
    }

    private static func resolved(_ path: String, from folder: String) -> String {
        var parts = folder.split(separator: "/").map(String.init)
        for part in path.split(separator: "/") {
            switch part {
            case ".": break
            case "..": _ = parts.popLast()
            default: parts.append(String(part))
            }
        }
        return parts.joined(separator: "/")
    }
}
