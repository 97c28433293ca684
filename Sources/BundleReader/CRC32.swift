/// The checksum of gzip: of bytes added piece by piece.
///
/// Source: RFC 1952, section 8; eight bytes are taken at a time, each by a table of its own.
struct CRC32 {
  private var remainder: UInt32 = 0xFFFF_FFFF

  /// The checksum of what was added; 0 of nothing.
  var value: UInt32 { ~remainder }

  mutating func add(_ bytes: UnsafeRawBufferPointer) {
    var crc = remainder
    var offset = 0
    Self.tables.withUnsafeBufferPointer { tables in
      while offset &+ 8 <= bytes.count {
        let word = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        var rest = UInt64(littleEndian: word) ^ UInt64(crc)
        crc = 0
        for table in stride(from: 7, through: 0, by: -1) {
          crc ^= tables[table &* 256 &+ Int(rest & 0xFF)]
          rest >>= 8
        }
        offset &+= 8
      }
      while offset < bytes.count {
        crc = crc >> 8 ^ tables[Int(crc & 0xFF ^ UInt32(bytes[offset]))]
        offset &+= 1
      }
    }
    remainder = crc
  }

  /// What a byte does to the remainder, alone and with one to seven zeros behind it: 256 each.
  private static let tables: [UInt32] = {
    var tables = (0..<256).map { byte in
      (0..<8).reduce(UInt32(byte)) { crc, _ in crc >> 1 ^ (crc & 1 == 1 ? 0xEDB8_8320 : 0) }
    }
    for position in 256..<2048 {
      let before = tables[position - 256]
      tables.append(before >> 8 ^ tables[Int(before & 0xFF)])
    }
    return tables
  }()
}
