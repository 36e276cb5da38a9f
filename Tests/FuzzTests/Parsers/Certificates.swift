import Foundation
import TestSupport

/// A signing chain of an authority of our own, whose keys are gone: `Tests/FuzzTests/Certificates`, made by `make.sh` there.
///
/// It is fixed, so that inputs can be repeated.
enum Certificates {
    /// A time at which all are valid, in seconds since 1970.
    static let time = 1_800_000_000.0

    static var root: [UInt8] { get throws { try file("root.pem") } }
    static var leaf: [UInt8] { get throws { try file("leaf.pem") } }
    /// The leaf and the intermediate, as Alexa's chains are.
    static var chain: [UInt8] { get throws { try leaf + file("intermediate.pem") } }

    private static func file(_ name: String) throws -> [UInt8] {
        try Array(Data(contentsOf: TestProcess.root.appending(path: "Tests/FuzzTests/Certificates/\(name)")))
    }
}
