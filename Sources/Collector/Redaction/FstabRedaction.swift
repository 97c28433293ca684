/// Redacts `/etc/fstab`: credentials in sources and options, and comments.
///
/// Source: fstab(5).
struct FstabRedaction {
  /// The file, for messages.
  let origin: String

  func redact(_ bytes: [UInt8], into secrets: inout SecretSet) -> [UInt8] {
    Lines.forEach(bytes) { line in
      for value in SecretAssignments.values(in: line) {
        secrets.insert(value, from: "an option of \(origin)")
      }
    }
    return Lines.map(bytes) { redact($0, hiding: secrets) }
  }

  private func redact(_ line: ArraySlice<UInt8>, hiding secrets: SecretSet) -> [UInt8] {
    let text = line.trimmed
    guard let first = text.first else { return Array(line) }
    if first == UInt8(ascii: "#") {
      return [first] + Redaction.replacement(for: text, hiding: secrets)
    }
    let fields = text.split(whereSeparator: \.isBlank)
    let kept = fields.enumerated().map { field($1, at: $0) }
    let result = Array(kept.joined(separator: [UInt8(ascii: " ")]))
    if secrets.origin(ofSecretIn: result) != nil {
      return Redaction.replacement(for: text, hiding: secrets)
    }
    return zip(kept, fields).allSatisfy { $0.elementsEqual($1) } ? Array(line) : result
  }

  /// Whether a source is a tag or a path of a device: no server's, where passwords may stand.
  private func isLocal(_ field: ArraySlice<UInt8>) -> Bool {
    ["LABEL=", "UUID=", "PARTLABEL=", "PARTUUID=", "ID=", "/dev/"].contains {
      field.starts(with: $0.utf8)
    }
  }

  /// The source, the mount point, the type, the options, and two numbers.
  private func field(_ field: ArraySlice<UInt8>, at index: Int) -> [UInt8] {
    let isKept =
      switch index {
      // A tag or a device is of this node.
      case 0 where isLocal(field): true
      // curlftpfs#user:password@host, //host/share?password=…
      case 0: !field.contains(UInt8(ascii: "@")) && SecretAssignments.values(in: field).isEmpty
      case 1: SecretAssignments.values(in: field).isEmpty
      case 2: field.allSatisfy { $0.isNameByte || $0 == UInt8(ascii: ",") }
      case 3: true
      default: index < 6 && field.allSatisfy(\.isDigit)
      }
    guard isKept else { return Redaction.mark }
    return index == 3 ? MountOptions.redact(field) : Array(field)
  }
}
