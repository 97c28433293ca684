/// The identity that LVM gives a volume, a volume group or a physical volume: 32 characters.
///
/// LVM prints it in groups of 6-4-4-4-4-4-6 characters, device mapper without hyphens; both forms
/// are read, and they are equal. The alphabet is `0-9 a-z A-Z ! #`.
/// Source: LVM2 `lib/id/id.c`.
public struct LVMID: Hashable, Sendable {
  private let first: UInt64
  private let second: UInt64
  private let third: UInt64
  private let fourth: UInt64

  /// The first eight characters as a number: what tells nearly all ids apart.
  public var head: UInt64 { first }

  /// Takes the 32 characters, eight a word, the first in the highest byte.
  init(words first: UInt64, _ second: UInt64, _ third: UInt64, _ fourth: UInt64) {
    (self.first, self.second, self.third, self.fourth) = (first, second, third, fourth)
  }

  /// Reads an id in either form; nil for any other text.
  public init?(_ text: some StringProtocol) {
    self.init(bytes: text.utf8)
  }

  /// Reads an id in either form from ASCII bytes; nil for any others.
  public init?(bytes: some Sequence<UInt8>) {
    var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    var count = 0
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "-"):
        guard count == 6 || count == 10 || count == 14 || count == 18 || count == 22 || count == 26
        else { return nil }
        continue
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "!"), UInt8(ascii: "#"):
        break
      default: return nil
      }
      switch count >> 3 {
      case 0: words.0 = words.0 << 8 | UInt64(byte)
      case 1: words.1 = words.1 << 8 | UInt64(byte)
      case 2: words.2 = words.2 << 8 | UInt64(byte)
      case 3: words.3 = words.3 << 8 | UInt64(byte)
      default: return nil
      }
      count += 1
    }
    guard count == 32 else { return nil }
    (first, second, third, fourth) = words
  }
}

extension LVMID: CustomStringConvertible {
  /// The 32 characters without hyphens, as in a device-mapper uuid.
  public var description: String {
    String(unsafeUninitializedCapacity: 32) { bytes in
      write(to: bytes, at: 0)
      return 32
    }
  }

  /// The same as ASCII bytes.
  public var characters: InlineArray<32, UInt8> {
    let words = SIMD4(first.bigEndian, second.bigEndian, third.bigEndian, fourth.bigEndian)
    return unsafeBitCast(words, to: InlineArray<32, UInt8>.self)
  }

  /// Writes the 32 characters to where there is room for them.
  func write(to bytes: UnsafeMutableBufferPointer<UInt8>, at start: Int) {
    precondition(start >= 0 && start + 32 <= bytes.count)
    let bytes = UnsafeMutableRawBufferPointer(bytes)
    bytes.storeBytes(of: first.bigEndian, toByteOffset: start, as: UInt64.self)
    bytes.storeBytes(of: second.bigEndian, toByteOffset: start + 8, as: UInt64.self)
    bytes.storeBytes(of: third.bigEndian, toByteOffset: start + 16, as: UInt64.self)
    bytes.storeBytes(of: fourth.bigEndian, toByteOffset: start + 24, as: UInt64.self)
  }

  /// The grouped form that LVM prints and selects by.
  public var grouped: String {
    String(unsafeUninitializedCapacity: 38) { buffer in
      var count = 0
      for (index, byte) in description.utf8.enumerated() {
        if index >= 6, index < 27, index % 4 == 2 {
          buffer[count] = UInt8(ascii: "-")
          count += 1
        }
        buffer[count] = byte
        count += 1
      }
      return count
    }
  }
}
