import MessageTemplates
import Settings

/// A list of allowed addresses and domains: `agent@example.com, @example.org`.
///
/// Compared without case. `@example.org` matches every address of that domain, not of its subdomains.
struct AddressList: Sendable, Equatable {
    private let addresses: Set<String>
    private let domains: Set<String>

    /// Reads a variable's value; nil unless each element is one bare address or `@domain`, and there is at least one.
    init?(parsing text: String) {
        var addresses: Set<String> = []
        var domains: Set<String> = []
        for element in text.listElements {
            if let address = EmailAddress(element) {
                addresses.insert(address.key)
            } else if element.hasPrefix("@"), EmailAddress.isDomain(Array(element.utf8)[1...]) {
                domains.insert(element.lowercased())
            } else {
                return nil
            }
        }
        // An empty list would allow no address, which nobody wants.
        guard !addresses.isEmpty || !domains.isEmpty else { return nil }
        self.addresses = addresses
        self.domains = domains
    }

    /// Returns true when the list has the address or its domain.
    func allows(_ address: EmailAddress) -> Bool {
        addresses.contains(address.key) || domains.contains(address.domain)
    }
}
