/// The version of this package, in one place: the User-Agent, `switchboard --version` and the bills of materials read it.
package enum Version {
    /// Major, minor and patch. build.sh reads this line too.
    package static let current = "1.0.0"
}
