import Foundation
import LocalServices

/// Bootstraps in Python: the files `*_function.py` of Tests/TestSupport/Python.
package enum PythonFunction {
    /// Returns the bootstrap that is `name.py`; it can import the files of its folder.
    package static func source(_ name: String) throws -> String {
        let folder = TestProcess.root.appending(path: "Tests/TestSupport/Python")
        let text = try String(contentsOf: folder.appending(path: "\(name).py"), encoding: .utf8)
        return "#!/usr/bin/env -S PYTHONPATH=\(folder.path) \(Moto.testEnvironment)/bin/python -B\n\(text)"
    }
}
