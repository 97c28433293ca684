extension GuestConfigurationRedaction {
  /// Takes in the secrets of a line: of any section, and of lines that PVE drops.
  func collectSecrets(of line: ArraySlice<UInt8>, into secrets: inout SecretSet) {
    var text = line.trimmed
    if text.first == UInt8(ascii: "#") {
      let decoded = text.dropFirst().percentDecoded
      return collect(SecretAssignments.values(in: decoded[...]), "a comment", into: &secrets)
    }
    guard let separator = text.firstIndex(where: { $0 == UInt8(ascii: ":") }) else {
      return collect(SecretAssignments.values(in: text), "a line", into: &secrets)
    }
    let name = text[..<separator]
    // For messages: what stands before a colon may be anything.
    let isName = name.count <= 40 && name.allSatisfy(\.isNameByte)
    let key = isName ? String(decoding: name, as: UTF8.self) : "a line"
    text = text[(separator + 1)...].trimmed
    if isAllowed(name) {
      return collect(SecretAssignments.values(inSetting: text), key, into: &secrets)
    }
    switch key {
    case "cipassword":
      collect([text], key, into: &secrets)
    case "sshkeys":
      collectKeys(text, into: &secrets)
    case "description":
      let decoded = text.percentDecoded
      collect(SecretAssignments.values(in: decoded[...]), key, into: &secrets)
    case "args":
      // -object secret,id=sec0,data=VALUE
      let words = text.contains(Array("secret".utf8)) ? ["data"] : []
      collect(SecretAssignments.values(in: text, or: words), key, into: &secrets)
    default:
      collect(SecretAssignments.values(in: line), key, into: &secrets)
    }
  }

  private func collect(
    _ values: [ArraySlice<UInt8>], _ key: String, into secrets: inout SecretSet
  ) {
    for value in values { secrets.insert(value, from: "\(key) of \(origin)") }
  }

  /// Takes in public keys as PVE stores them, percent-encoded, and decoded; of each the key alone,
  /// too, since its comment may be left out elsewhere.
  private func collectKeys(_ text: ArraySlice<UInt8>, into secrets: inout SecretSet) {
    let decoded = text.percentDecoded
    collect([text, decoded[...]], "sshkeys", into: &secrets)
    let lines = decoded.split { $0 == 10 || $0 == 13 }
    for line in lines {
      collect([line], "sshkeys", into: &secrets)
      for word in line.split(separator: UInt8(ascii: " ")) where word.count >= 40 {
        collect([word], "sshkeys", into: &secrets)
      }
    }
    // The same words, still encoded: blanks are %20, line ends %0A.
    var piece: [UInt8] = []
    for part in text.split(separator: UInt8(ascii: "%"), omittingEmptySubsequences: false) {
      let isBreak = part.starts(with: "20".utf8) || part.starts(with: "0A".utf8)
      if isBreak {
        if piece.count >= 40 { collect([piece[...]], "sshkeys", into: &secrets) }
        piece = Array(part.dropFirst(2))
      } else {
        if !piece.isEmpty || part.startIndex > text.startIndex { piece.append(UInt8(ascii: "%")) }
        piece += part
      }
    }
    if piece.count >= 40 { collect([piece[...]], "sshkeys", into: &secrets) }
  }
}
