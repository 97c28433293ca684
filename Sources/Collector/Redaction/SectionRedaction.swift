/// Redacts PVE's section files that have no secrets (`resources.cfg`, `replication.cfg`): their comments, and
/// what stands there all the same under a secret's name.
struct SectionRedaction {
  /// The file, for messages.
  let origin: String

  func redact(_ bytes: [UInt8], into secrets: inout SecretSet) -> [UInt8] {
    Lines.map(bytes) { redact($0, into: &secrets) }
  }

  private func redact(_ line: ArraySlice<UInt8>, into secrets: inout SecretSet) -> [UInt8] {
    let text = line.trimmed
    if text.first == UInt8(ascii: "#") { return Array("#".utf8) + Redaction.mark }
    // In a header the type and its colon stand in front: `vm: 100`.
    let end = text.firstIndex { $0.isBlank || ":=".utf8.contains($0) } ?? text.endIndex
    let key = text[..<end]
    let value = text[min(end + 1, text.endIndex)...].trimmed
    let isSecret = SecretName.isSecret(key)
    guard !value.isEmpty, isSecret || key.elementsEqual("comment".utf8) else {
      return SecretAssignments.redacted(line)
    }
    if isSecret {
      secrets.insert(value, from: "\(String(decoding: key, as: UTF8.self)) of \(origin)")
    }
    return line.prefix { $0.isBlank } + key + Array(" ".utf8) + Redaction.mark
  }
}
