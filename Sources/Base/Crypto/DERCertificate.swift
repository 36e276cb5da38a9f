import COpenSSL

/// The outline of an X.509 certificate in DER (RFC 5280, 4.1), read by OpenSSL's `ASN1_get_object`.
enum DERCertificate {
    /// Returns the subject as an `X509_NAME`, which the caller frees; nil for bytes whose outline is not a certificate's,
    /// and for an encoding that OpenSSL's own parser might refuse.
    static func subject(of der: [UInt8]) -> OpaquePointer? {
        der.withUnsafeBufferPointer { bytes in
            guard let whole = DERElement.all(in: bytes)?.only, whole.isSequence,
                let parts = whole.children, parts.count == 3, parts[0].isSequence, isAlgorithm(parts[1]),
                parts[2].isBitString, var fields = parts[0].children
            else { return nil }
            // version, which is 1 when it is absent
            if fields.first?.tag == 0xA0 {
                guard fields[0].children?.only?.isInteger == true else { return nil }
                fields.removeFirst()
            }
            guard fields.count >= 6, fields[0].isInteger, isAlgorithm(fields[1]), fields[2].isSequence,
                isValidity(fields[3]), fields[4].isSequence, isKey(fields[5]), areRest(fields[6...])
            else { return nil }
            let (issuer, subject) = (fields[2], fields[4])
            if !issuer.bytes.elementsEqual(subject.bytes) {
                guard let name = name(issuer) else { return nil }
                X509_NAME_free(name)
            }
            return name(subject)
        }
    }

    private static func name(_ element: DERElement) -> OpaquePointer? {
        defer { ERR_clear_error() }
        var start = element.bytes.baseAddress
        guard let name = d2i_X509_NAME(nil, &start, element.bytes.count) else { return nil }
        guard let start, let base = element.bytes.baseAddress, start == base + element.bytes.count else {
            X509_NAME_free(name)
            return nil
        }
        return name
    }

    private static func isAlgorithm(_ element: DERElement) -> Bool {
        guard element.isSequence, let parts = element.children else { return false }
        return (1...2).contains(parts.count) && parts[0].isObjectIdentifier && parts.allSatisfy(\.isSound)
    }

    private static func isValidity(_ element: DERElement) -> Bool {
        guard element.isSequence, let parts = element.children else { return false }
        return parts.count == 2 && parts.allSatisfy(\.isTime)
    }

    private static func isKey(_ element: DERElement) -> Bool {
        guard element.isSequence, let parts = element.children else { return false }
        return parts.count == 2 && isAlgorithm(parts[0]) && parts[1].isBitString
    }

    /// The unique identifiers, which hardly any certificate has, and the extensions.
    private static func areRest(_ elements: ArraySlice<DERElement>) -> Bool {
        guard let extensions = elements.first else { return true }
        guard elements.count == 1, extensions.tag == 0xA3, let list = extensions.children?.only, list.isSequence,
            let parts = list.children
        else { return false }
        return parts.allSatisfy { part in
            guard part.isSequence, let fields = part.children, (2...3).contains(fields.count) else { return false }
            return fields[0].isObjectIdentifier && (fields.count == 2 || fields[1].isBoolean)
                && fields[fields.count - 1].tag == 0x04
        }
    }
}

/// One element of DER, of a tag of one byte and a definite length.
private struct DERElement {
    /// Class, form and number as they are encoded.
    let tag: UInt8
    /// The element, with its header.
    let bytes: UnsafeBufferPointer<UInt8>
    let content: UnsafeBufferPointer<UInt8>

    /// Returns the elements that fill the bytes; nil when they do not.
    static func all(in bytes: UnsafeBufferPointer<UInt8>) -> [DERElement]? {
        var elements: [DERElement] = []
        guard var next = bytes.baseAddress else { return [] }
        let end = next + bytes.count
        while next < end {
            let first = next
            var content: UnsafePointer<UInt8>? = next
            var (length, number, kind) = (0, Int32(0), Int32(0))
            let form = ASN1_get_object(&content, &length, &number, &kind, end - next)
            guard form & 0x81 == 0, number < 31, let content, length <= end - content else {
                ERR_clear_error()
                return nil
            }
            next = content + length
            elements.append(
                DERElement(
                    tag: first.pointee, bytes: UnsafeBufferPointer(start: first, count: next - first),
                    content: UnsafeBufferPointer(start: content, count: length)))
        }
        return elements
    }

    /// The elements of a constructed one; nil when its content is none.
    var children: [DERElement]? { tag & 0x20 == 0 ? nil : Self.all(in: content) }

    var isSequence: Bool { tag == 0x30 }
    var isTime: Bool { tag == 0x17 || tag == 0x18 }
    var isBoolean: Bool { tag == 0x01 && content.count == 1 }
    /// The shortest form, as OpenSSL requires.
    var isInteger: Bool {
        guard tag == 0x02, let first = content.first else { return false }
        guard content.count > 1, first == 0 || first == 0xFF else { return true }
        return (content[1] & 0x80 == 0) != (first == 0)
    }
    var isBitString: Bool { tag == 0x03 && content.first.map { $0 <= 7 } == true }
    var isObjectIdentifier: Bool {
        guard tag == 0x06, let last = content.last, last & 0x80 == 0 else { return false }
        // No number begins with a byte that is zero but for its continuation bit.
        return zip([0x00] + content.dropLast(), content).allSatisfy { $0 & 0x80 != 0 || $1 != 0x80 }
    }

    /// True when all elements within are well formed, and primitive ones of a known type have a sound content.
    var isSound: Bool {
        if tag & 0x20 != 0 { return children?.allSatisfy(\.isSound) == true }
        return switch tag {
        case 0x01: isBoolean
        case 0x02: isInteger
        case 0x03: isBitString
        case 0x05: content.isEmpty
        case 0x06: isObjectIdentifier
        default: true
        }
    }
}

extension Array {
    fileprivate var only: Element? { count == 1 ? self[0] : nil }
}
