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
}
