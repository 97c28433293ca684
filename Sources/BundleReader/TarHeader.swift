/// One header block of a tar archive.
///
/// Source: POSIX pax, "ustar Interchange Format"; GNU tar manual, "Basic Tar Format".
struct TarHeader {
  static let blockBytes = 512

  /// With the prefix; a GNU or pax header before it may replace it.
  let name: [UInt8]
  let sizeBytes: Int
  let kind: Kind

  enum Kind {
    case file, folder
    /// A link, device or pipe.
    case other
    /// Records that hold for the next entry.
    case extended
    /// Records that hold for all that follow; only comments in practice.
    case global
    /// GNU: the content is the next entry's name.
    case longName
    /// GNU: the content is the next entry's link target.
    case longLink
  }

  /// Reads a block; nil when its checksum, magic or size are no header's.
  init?(_ block: [UInt8]) {
    let bytes = block.span
    guard bytes.count == Self.blockBytes, Self.hasMagic(bytes),
      let checksum = Self.number(bytes, in: 148..<156), checksum == Self.checksum(of: block),
      let size = Self.number(bytes, in: 124..<136)
    else { return nil }
    sizeBytes = size
    let ownName = block[Self.text(bytes, in: 0..<100)]
    let prefix = Self.text(bytes, in: 345..<500)
    // GNU's magic goes on with blanks, and its prefix holds something else.
    let hasPrefix = bytes[262] == 0 && !prefix.isEmpty
    name = hasPrefix ? Array(block[prefix]) + [UInt8(ascii: "/")] + ownName : Array(ownName)
    switch bytes[156] {
    case UInt8(ascii: "0"), UInt8(ascii: "7"), 0:
      kind = name.last == UInt8(ascii: "/") ? .folder : .file
    case UInt8(ascii: "5"): kind = .folder
    case UInt8(ascii: "x"), UInt8(ascii: "X"): kind = .extended
    case UInt8(ascii: "g"): kind = .global
    case UInt8(ascii: "L"): kind = .longName
    case UInt8(ascii: "K"): kind = .longLink
    default: kind = .other
    }
  }

  private static func hasMagic(_ block: Span<UInt8>) -> Bool {
    block[257] == UInt8(ascii: "u") && block[258] == UInt8(ascii: "s")
      && block[259] == UInt8(ascii: "t") && block[260] == UInt8(ascii: "a")
      && block[261] == UInt8(ascii: "r")
  }

  /// Where the text of a field stands, which ends before its first zero.
  private static func text(_ block: Span<UInt8>, in field: Range<Int>) -> Range<Int> {
    var end = field.lowerBound
    while end < field.upperBound, block[end] != 0 { end += 1 }
    return field.lowerBound..<end
  }

  /// The sum of all bytes, those of the checksum taken as blanks.
  private static func checksum(of block: [UInt8]) -> Int {
    // Eight bytes at a time, in four sums of 16 bits each: all 128 bytes of one make 32,640 at most.
    let odd: UInt64 = 0x00FF_00FF_00FF_00FF
    var sums: UInt64 = 0
    block.withUnsafeBytes { bytes in
      for offset in stride(from: 0, to: blockBytes, by: 8) {
        let word = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        sums &+= (word & odd) &+ (word >> 8 & odd)
      }
    }
    let sum = stride(from: 0, to: 64, by: 16).reduce(0) { $0 + Int(sums >> UInt64($1) & 0xFFFF) }
    return block[148..<156].reduce(sum + 8 * 0x20) { $0 - Int($1) }
  }

  /// Reads a number in octal digits, or GNU's binary form for large ones; nil for any other form.
  private static func number(_ block: Span<UInt8>, in field: Range<Int>) -> Int? {
    var position = field.lowerBound
    if block[position] == 0x80 {
      // The last eight bytes hold 63 bits; a number with more is none that we meet.
      var value: UInt64 = 0
      for position in field.dropFirst() {
        guard value <= UInt64.max >> 8 else { return nil }
        value = value << 8 | UInt64(block[position])
      }
      return Int(exactly: value)
    }
    while position < field.upperBound, block[position] == 0x20 { position += 1 }
    let start = position
    var value = 0
    while position < field.upperBound, block[position] != 0, block[position] != 0x20 {
      let digit = block[position] &- UInt8(ascii: "0")
      guard digit < 8 else { return nil }
      value = value << 3 | Int(digit)
      position += 1
    }
    return position > start ? value : nil
  }
}
