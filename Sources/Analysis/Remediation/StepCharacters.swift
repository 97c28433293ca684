import BundleFormat
import NodeState

/// What may stand in a step: values that no shell and no tool reads as anything else.
enum StepCharacters {
  /// A mapping's name as device mapper leaves it unmangled.
  static func isMappingName(_ text: String) -> Bool {
    (1...127).contains(text.utf8.count) && text.utf8.allSatisfy(isPlain)
  }

  static func isMappingUUID(_ text: String) -> Bool {
    (1...128).contains(text.utf8.count)
      && text.utf8.allSatisfy { isPlain($0) || $0 == UInt8(ascii: "!") }
  }

  /// A name that LVM gives volumes.
  static func isVolumeName(_ text: String) -> Bool {
    (1...127).contains(text.utf8.count) && !text.hasPrefix("-")
      && text.utf8.allSatisfy { isLetterOrDigit($0) || "+_.-".utf8.contains($0) }
  }

  static func isNodeName(_ text: String) -> Bool {
    (1...63).contains(text.utf8.count) && !text.hasPrefix("-") && !text.hasPrefix(".")
      && text.utf8.allSatisfy { isLetterOrDigit($0) || ".-".utf8.contains($0) }
  }

  /// Hexadecimal digits, perhaps grouped by hyphens, of a machine's or boot's id.
  static func isHexadecimal(_ text: String, count: Int) -> Bool {
    text.utf8.count == count
      && text.utf8.allSatisfy { byte in
        byte == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
          || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
      }
  }

  /// A mapping's live table: numbers, devices and words of targets.
  static func isTable(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { isPlain($0) || " ,/\n".utf8.contains($0) }
  }

  /// A volume's segments: numbers, and paths of devices or names of volumes.
  static func isExtents(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { isPlain($0) || ",;/".utf8.contains($0) }
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    isLetterOrDigit(byte) || "#+-.:=@_".utf8.contains(byte)
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"):
      true
    default: false
    }
  }
}
