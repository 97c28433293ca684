/// What each mapping's live table lies on, by the kernel's word.
///
/// Source: `dmsetup deps --manglename none`: `NAME: 2 dependencies\t: (254, 3) (254, 2)`.
enum MappingDependencies {
  /// Reads every row's dependencies: nil where the list has no line, several or an odd one of it.
  ///
  /// - Throws: ``ParseError`` when the list is cut short.
  static func parse(
    _ bytes: Span<UInt8>, of rows: [MappingRow], from origin: EntryOrigin
  ) throws(ParseError) -> [[DeviceNumber]?] {
    try origin.requireWholeLines(bytes)
    var devices: [[DeviceNumber]?] = Array(repeating: nil, count: rows.count)
    var counts = Array(repeating: 0, count: rows.count)
    var finder = MappingNameFinder(rows)
    // Most mappings lie on the same device as the one before: equal lists are read and kept once.
    var last: (range: Range<Int>, devices: [DeviceNumber]?) = (0..<0, nil)
    var lines = LineWalk()
    while let line = lines.next(in: bytes) {
      guard let (row, rest) = finder.row(of: line, in: bytes) else { continue }
      counts[row] += 1
      if !bytes.equals(rest, last.range, of: bytes) { last = (rest, list(rest, in: bytes)) }
      devices[row] = counts[row] == 1 ? last.devices : nil
    }
    return devices
  }

  /// Reads `2 dependencies\t: (254, 3) (254, 2)`.
  static func list(_ range: Range<Int>, in bytes: Span<UInt8>) -> [DeviceNumber]? {
    var fields = FieldWalk(range)
    guard let count = fields.next(in: bytes).flatMap({ bytes.integer($0) }),
      let word = fields.next(in: bytes), bytes.equals(word, "dependencies"),
      let colon = fields.next(in: bytes), bytes.equals(colon, ":")
    else { return nil }
    var devices: [DeviceNumber] = []
    while let major = fields.next(in: bytes) {
      guard let minor = fields.next(in: bytes), major.count > 2, minor.count > 1,
        bytes[major.lowerBound] == UInt8(ascii: "("),
        bytes[major.upperBound - 1] == UInt8(ascii: ","),
        bytes[minor.upperBound - 1] == UInt8(ascii: ")"),
        let device = bytes.device(
          major: (major.lowerBound + 1)..<(major.upperBound - 1),
          minor: minor.lowerBound..<(minor.upperBound - 1))
      else { return nil }
      devices.append(device)
    }
    return devices.count == count ? devices : nil
  }
}
