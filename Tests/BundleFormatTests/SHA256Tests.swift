import BundleFormat
import Testing

/// Source of the expected hashes: FIPS 180-4 examples; `sha256sum`.
@Suite struct SHA256Tests {
  @Test func `known texts have their known hashes`() {
    #expect(
      SHA256.digest(of: []).hex
        == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(
      SHA256.digest(of: Array("abc".utf8)).hex
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }

  @Test func `parts hash as the whole, and a hash starts anew after its end`() {
    let whole = (0..<1000).map { UInt8(truncatingIfNeeded: $0) }
    var hash = SHA256()
    hash.update(whole[..<63])
    hash.update([])
    hash.update(whole[63..<700].span)
    whole[700...].withUnsafeBytes { hash.update($0) }
    #expect(hash.finish() == SHA256.digest(of: whole))
    #expect(hash.finish() == SHA256.digest(of: []))
  }

  @Test func `a hash is read from its digits`() {
    for content in ["", "abc", "abcd", "something else"] {
      let digest = SHA256.digest(of: Array(content.utf8))
      #expect(WrittenDigest(digest.hex) == .digest(digest))
      #expect(WrittenDigest.digest(digest).description == digest.hex)
    }
  }

  @Test func `a text with another character, or another length, is no hash`() {
    let hex = SHA256.digest(of: []).hex
    for position in 0..<64 {
      for scalar in (0...0xFF).map({ Unicode.Scalar(UInt8($0)) }) {
        // Two bytes from 80 on.
        var text = Array(hex.unicodeScalars.prefix(scalar.value < 0x80 ? 64 : 63))
        if position >= text.count { continue }
        text[position] = scalar
        let written = String(String.UnicodeScalarView(text))
        let isHash = ("0"..."9").contains(scalar) || ("a"..."f").contains(scalar)
        switch WrittenDigest(written) {
        case .digest(let digest): #expect(isHash && digest.hex == written)
        case .other(let text): #expect(!isHash && text == written)
        }
      }
    }
    for text in ["", "ab", String(hex.dropLast()), hex + "0", hex.uppercased()] {
      #expect(WrittenDigest(text) == .other(text))
    }
  }
}
