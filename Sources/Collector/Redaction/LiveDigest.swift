import BundleFormat

/// The hash of the lines of a guest's live configuration on which a cleanup step depends.
///
/// On the node it is repeated by
/// `grep -E '^(\[|lock:|template:|vmstate:|fleecing-images:|(ide|scsi|virtio|sata|efidisk|tpmstate|unused|rootfs|mp)[0-9]*:)' FILE | sha256sum`.
enum LiveDigest {
  /// Returns 64 hexadecimal digits.
  static func of(_ configuration: [UInt8]) -> String {
    var hash = SHA256()
    Lines.forEach(configuration) { line in
      guard isSelected(line) else { return }
      hash.update(line)
      // grep ends every line, also a last one that has no line break.
      hash.update([UInt8(ascii: "\n")])
    }
    return hash.finish().hex
  }

  static func isSelected(_ line: ArraySlice<UInt8>) -> Bool {
    if line.first == UInt8(ascii: "[") { return true }
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return false }
    let key = line[..<colon]
    if whole.contains(where: { key.elementsEqual($0.utf8) }) { return true }
    let letters = key.prefix { !$0.isDigit }
    return key[letters.endIndex...].allSatisfy(\.isDigit)
      && numbered.contains { letters.elementsEqual($0.utf8) }
  }

  private static let whole = ["lock", "template", "vmstate", "fleecing-images"]
  private static let numbered = [
    "ide", "scsi", "virtio", "sata", "efidisk", "tpmstate", "unused", "rootfs", "mp",
  ]
}
