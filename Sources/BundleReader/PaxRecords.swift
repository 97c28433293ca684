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
