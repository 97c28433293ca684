/// A tar archive made by hand, so that it can hold what no writer writes.
///
/// Source: POSIX pax, "ustar Interchange Format".
struct TarBytes {
  private(set) var bytes: [UInt8] = []

  mutating func add(
    name: String, type: Character = "0", link: String = "", content: [UInt8] = []
  ) {
    add(name: Array(name.utf8), type: type, link: link, content: content, claiming: content.count)
  }

  /// Adds an entry whose header claims that many bytes of content.
  mutating func add(
    name: [UInt8], type: Character = "0", link: String = "", content: [UInt8] = [],
    claiming sizeBytes: Int
  ) {
    var header = [UInt8](repeating: 0, count: 512)
    func put(_ text: [UInt8], at offset: Int) {
      header.replaceSubrange(offset..<offset + text.count, with: text)
    }
    let digits = String(sizeBytes, radix: 8)
    put(Array(name.prefix(100)), at: 0)
    put(Array("0000600\u{0}0000000\u{0}0000000\u{0}".utf8), at: 100)
    put(Array((String(repeating: "0", count: 11 - digits.count) + digits + "\u{0}").utf8), at: 124)
    put(Array("00000000000\u{0}        ".utf8), at: 136)
    put([type.asciiValue!], at: 156)
    put(Array(link.utf8.prefix(100)), at: 157)
    put(Array("ustar\u{0}00".utf8), at: 257)
    let sum = String(header.reduce(0) { $0 + Int($1) }, radix: 8)
    put(Array((String(repeating: "0", count: 6 - sum.count) + sum + "\u{0} ").utf8), at: 148)
    bytes += header + content
    bytes += [UInt8](repeating: 0, count: (512 - content.count % 512) % 512)
  }

  /// The archive with its end.
  var ended: [UInt8] { bytes + [UInt8](repeating: 0, count: 1024) }
}
