extension ArraySlice<UInt8> {
  /// Four hexadecimal digits as a number; nil for any other bytes.
  var hexadecimal: UInt16? {
    var result: UInt16 = 0
    for byte in self {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): result = result << 4 | UInt16(byte & 15)
      case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"):
        result = result << 4 | UInt16((byte & 15) + 9)
      default: return nil
      }
    }
    return count == 4 ? result : nil
  }

  /// The text of a string that was found valid, without its escapes.
  var unescaped: [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(count)
    var position = startIndex
    while position < endIndex {
      let byte = self[position]
      position += 1
      guard byte == UInt8(ascii: "\\"), position < endIndex else {
        result.append(byte)
        continue
      }
      let escape = self[position]
      position += 1
      switch escape {
      case UInt8(ascii: "b"): result.append(0x08)
      case UInt8(ascii: "f"): result.append(0x0C)
      case UInt8(ascii: "n"): result.append(0x0A)
      case UInt8(ascii: "r"): result.append(0x0D)
      case UInt8(ascii: "t"): result.append(0x09)
      case UInt8(ascii: "u"):
        let scalar = unicodeEscape(at: &position)
        result.append(contentsOf: UTF8.encode(scalar)!)
      default: result.append(escape)
      }
    }
    return result
  }

  /// Reads the digits after `\u`, and the second half of a pair.
  private func unicodeEscape(at position: inout Int) -> Unicode.Scalar {
    let replacement: Unicode.Scalar = "\u{FFFD}"
    guard let unit = self[position..<Swift.min(position + 4, endIndex)].hexadecimal else {
      return replacement
    }
    position += 4
    if let scalar = Unicode.Scalar(unit) { return scalar }
    let digits = Swift.min(position + 2, endIndex)..<Swift.min(position + 6, endIndex)
    guard let trail = self[digits].hexadecimal, UTF16.isTrailSurrogate(trail),
      let scalar = Unicode.Scalar(0x10000 + UInt32(unit & 0x3FF) << 10 | UInt32(trail & 0x3FF))
    else { return replacement }
    position = digits.upperBound
    return scalar
  }
}
