import Testing

@testable import Encoding

@Suite struct ASCIITests {
    @Test(arguments: UInt8.min...UInt8.max) func `a byte is in the classes of its ASCII character alone`(byte: UInt8) {
        let character = Character(Unicode.Scalar(byte))
        let isASCII = character.isASCII
        #expect(byte.isASCIIDigit == (isASCII && character.isWholeNumber))
        #expect(byte.isASCIILowercase == (isASCII && character.isLowercase))
        #expect(byte.isASCIIUppercase == (isASCII && character.isUppercase))
        #expect(byte.isASCIILetter == (isASCII && character.isLetter))
        #expect(byte.isASCIILetterOrDigit == (isASCII && (character.isLetter || character.isWholeNumber)))
    }
}
