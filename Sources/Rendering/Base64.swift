/// Base64 with padding, on one line. Source: RFC 4648, section 4.
public enum Base64 {
  private static let digits = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// How many bytes so many bytes become.
  public static func count(of byteCount: Int) -> Int { (byteCount + 2) / 3 * 4 }

  /// Returns the bytes in groups of four digits, the last one filled up with `=`.
  public static func encoding(_ bytes: [UInt8]) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count(of: bytes.count)) { output, count in
      var position = 0
      while position < bytes.count {
        let rest = bytes.count - position
        let first = bytes[position]
        let second = rest > 1 ? bytes[position + 1] : 0
        let third = rest > 2 ? bytes[position + 2] : 0
        output[count] = digits[Int(first >> 2)]
        output[count + 1] = digits[Int(first & 3) << 4 | Int(second >> 4)]
        output[count + 2] =
          rest > 1 ? digits[Int(second & 15) << 2 | Int(third >> 6)] : UInt8(ascii: "=")
        output[count + 3] = rest > 2 ? digits[Int(third & 63)] : UInt8(ascii: "=")
        count += 4
        position += 3
      }
    }
  }
}
