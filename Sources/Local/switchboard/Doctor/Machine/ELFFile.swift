/// The output of `readelf -hldW` for a program.
struct ELFFile: Equatable {
    /// Lambda's names of the architectures that it offers.
    static let architectures = ["x86_64", "arm64"]

    /// One of `architectures`; nil for any other machine.
    let architecture: String?
    /// True when it needs neither an interpreter nor a shared library.
    let isStatic: Bool

    /// Returns nil when it is not an ELF file.
    init?(readelf text: String) {
        guard let machine = text.firstMatch(of: #/Machine: +(.+)/#)?.1 else { return nil }
        architecture = machine.contains("X86-64") ? "x86_64" : machine.contains("AArch64") ? "arm64" : nil
        isStatic = !text.contains("INTERP") && !text.contains("(NEEDED)")
    }
}
