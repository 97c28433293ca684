/// The hash of the lines of a guest's configuration on which a cleanup step depends.
///
/// On the node it is repeated by
/// `grep -E '^(\[|lock:|template:|vmstate:|fleecing-images:|(ide|scsi|virtio|sata|efidisk|tpmstate|unused|rootfs|mp)[0-9]*:)' FILE | sha256sum`.
/// The collector takes it of the live file, and the cleanup script takes it again before each step.
public enum LiveDigest {
  /// Returns the hash of a configuration's lines.
  public static func of(_ configuration: [UInt8]) -> Digest {
    var hash = SHA256()
    forEachSelectedLine(of: configuration) { line in
      hash.update(line)
      // grep ends every line, also a last one that has no line break.
      hash.update([UInt8(ascii: "\n")])
    }
    return hash.finish()
  }

  private static func forEachSelectedLine(of bytes: [UInt8], _ body: (ArraySlice<UInt8>) -> Void) {
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      if isSelected(bytes[start..<end]) { body(bytes[start..<end]) }
      start = end + 1
    }
  }

  private static func isSelected(_ line: ArraySlice<UInt8>) -> Bool {
    if line.first == UInt8(ascii: "[") { return true }
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return false }
    let key = line[..<colon]
    if whole.contains(where: { key.elementsEqual($0.utf8) }) { return true }
    let letters = key.prefix { !isDigit($0) }
    return key[letters.endIndex...].allSatisfy(isDigit)
      && numbered.contains { letters.elementsEqual($0.utf8) }
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  private static let whole = ["lock", "template", "vmstate", "fleecing-images"]
  private static let numbered = [
    "ide", "scsi", "virtio", "sata", "efidisk", "tpmstate", "unused", "rootfs", "mp",
  ]
}
