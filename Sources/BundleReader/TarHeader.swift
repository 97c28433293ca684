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
    guard block.count == Self.blockBytes, block[257..<262].elementsEqual("ustar".utf8),
      let checksum = Self.number(block[148..<156]), checksum == Self.checksum(of: block),
      let size = Self.number(block[124..<136])
    else { return nil }
    sizeBytes = size
    let ownName = block[0..<100].prefix { $0 != 0 }
    let prefix = block[345..<500].prefix { $0 != 0 }
    // GNU's magic goes on with blanks, and its prefix holds something else.
    let hasPrefix = block[262] == 0 && !prefix.isEmpty
    name = hasPrefix ? Array(prefix) + [UInt8(ascii: "/")] + ownName : Array(ownName)
    switch block[156] {
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

  /// The sum of all bytes, those of the checksum taken as blanks.
  private static func checksum(of block: [UInt8]) -> Int {
    block.withUnsafeBytes { bytes in
      var sum = 0
      for byte in bytes { sum &+= Int(byte) }
      for byte in bytes[148..<156] { sum &-= Int(byte) }
      return sum &+ 8 * 0x20
    }
  }

  /// Reads a number in octal digits, or GNU's binary form for large ones; nil for any other form.
  static func number(_ field: ArraySlice<UInt8>) -> Int? {
    guard let first = field.first else { return nil }
    if first == 0x80 {
      // The last eight bytes hold 63 bits; a number with more is none that we meet.
      guard field.dropFirst().dropLast(8).allSatisfy({ $0 == 0 }) else { return nil }
      let value = field.suffix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      return Int(exactly: value)
    }
    var value = 0
    var digits = 0
    for byte in field.drop(while: { $0 == 0x20 }) {
      if byte == 0 || byte == 0x20 { break }
      guard (UInt8(ascii: "0")...UInt8(ascii: "7")).contains(byte) else { return nil }
      value = value << 3 | Int(byte & 7)
      digits += 1
    }
    return digits > 0 ? value : nil
  }
}

/// What pax records say of the next entry, as far as a bundle needs it.
struct PaxRecords {
  private(set) var path: [UInt8]?
  private(set) var sizeBytes: Int?
  /// Whether the entry is a file with holes, whose content is a map of them.
  private(set) var isSparse = false

  /// Reads `LENGTH KEY=VALUE` lines; nil when they are not such.
  init?(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      guard let blank = rest.firstIndex(of: 0x20),
        let length = Self.decimal(rest[..<blank]), length <= rest.count,
        let end = rest.index(rest.startIndex, offsetBy: length, limitedBy: rest.endIndex),
        end > blank + 1, rest[end - 1] == 0x0A,
        let equals = rest[(blank + 1)..<(end - 1)].firstIndex(of: UInt8(ascii: "="))
      else { return nil }
      let key = rest[(blank + 1)..<equals]
      let value = rest[(equals + 1)..<(end - 1)]
      if key.elementsEqual("path".utf8) {
        path = Array(value)
      } else if key.elementsEqual("size".utf8) {
        guard let size = Self.decimal(value) else { return nil }
        sizeBytes = size
      } else if key.starts(with: "GNU.sparse.".utf8) {
        isSparse = true
      }
      rest = rest[end...]
    }
  }

  private static func decimal(_ digits: ArraySlice<UInt8>) -> Int? {
    guard !digits.isEmpty, digits.count <= 18 else { return nil }
    var value = 0
    for digit in digits {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
      value = value * 10 + Int(digit & 15)
    }
    return value
  }
}
