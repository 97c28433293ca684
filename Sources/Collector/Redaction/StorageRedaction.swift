/// Redacts `/etc/pve/storage.cfg`: known keys are kept, but none that may hold a secret.
///
/// Source: `PVE::SectionConfig` (grammar), the properties of PVE's storage plugins. A plugin that PVE
/// doesn't ship may keep anything anywhere: of its section only keys that every storage has stay. Of
/// what is kept, a name before `@` goes, and mount options that may be credentials.
struct StorageRedaction {
  /// The file, for messages.
  let origin: String

  /// What a line is.
  private enum Place {
    case header
    /// A comment, a setting, or what PVE drops.
    case other(isOfKnownType: Bool)
  }

  func redact(_ bytes: [UInt8], into secrets: inout SecretSet) -> [UInt8] {
    var lines: [ArraySlice<UInt8>] = []
    Lines.forEach(bytes) { lines.append($0) }
    let places = places(of: lines)
    for (line, place) in zip(lines, places) {
      if case .other = place { collectSecrets(of: line, into: &secrets) }
    }
    var index = 0
    return Lines.map(bytes) { line in
      defer { index += 1 }
      return redact(line, at: places[index], hiding: secrets)
    }
  }

  /// A header of a type that PVE ships is one anywhere. Another type's is one only where PVE would
  /// take it for one, behind an empty line, and with a setting below it: `keyring: …` is none.
  private func places(of lines: [ArraySlice<UInt8>]) -> [Place] {
    var places: [Place] = []
    var isOfKnownType = false
    var isBetweenSections = true
    // Whether the next line that is no comment is a setting.
    var isFollowed = [Bool](repeating: false, count: lines.count)
    var next = false
    for index in lines.indices.reversed() {
      isFollowed[index] = next
      let line = lines[index]
      if line.trimmed.first != UInt8(ascii: "#") { next = line.first?.isBlank == true }
    }
    for (line, isFollowed) in zip(lines, isFollowed) {
      if let type = headerType(of: line),
        Self.types.contains(type) || (isBetweenSections && isFollowed && isPlausible(type))
      {
        isOfKnownType = Self.types.contains(type)
        isBetweenSections = false
        places.append(.header)
        continue
      }
      // Like an empty line, a line 0 ends a section.
      if line.isEmpty || line.elementsEqual("0".utf8) {
        isBetweenSections = true
        isOfKnownType = false
      } else if line.trimmed.first != UInt8(ascii: "#") {
        isBetweenSections = false
        // What PVE drops may have been meant as a plugin's header.
        if line.first?.isBlank == false { isOfKnownType = false }
      }
      places.append(.other(isOfKnownType: isOfKnownType))
    }
    return places
  }

  /// The type in `lvm: san1`, with what may be a storage's id behind it; nil for any other line.
  private func headerType(of line: ArraySlice<UInt8>) -> String? {
    guard line.first?.isLetter == true, let colon = line.firstIndex(of: UInt8(ascii: ":")) else {
      return nil
    }
    let type = line[..<colon]
    let id = line[(colon + 1)...].trimmed
    guard id.first?.isLetter == true, id.allSatisfy(\.isNameByte), type.allSatisfy(\.isNameByte),
      !SecretName.isSecret(type)
    else { return nil }
    return String(decoding: type.map { $0.lowered }, as: UTF8.self)
  }

  /// Whether a word may be the type of a plugin's storage: no setting is called so.
  private func isPlausible(_ type: String) -> Bool {
    !Self.allKnown.contains(type) && !Self.redacted.contains(type) && Self.isKey(type.utf8)
  }

  /// Whether something looks like the key of a setting.
  private static func isKey(_ text: some BidirectionalCollection<UInt8>) -> Bool {
    text.count <= 40 && text.first?.isLetter == true
      && text.allSatisfy { $0.lowered == $0 && ($0.isWordByte || "_-".utf8.contains($0)) }
  }

  /// A body line's key and value.
  private func setting(
    of line: ArraySlice<UInt8>
  ) -> (key: ArraySlice<UInt8>, value: ArraySlice<UInt8>) {
    let text = line.trimmed
    let end = text.firstIndex { $0.isBlank || $0 == UInt8(ascii: ":") } ?? text.endIndex
    return (text[..<end], text[min(end + 1, text.endIndex)...].trimmed)
  }

  private func collectSecrets(of line: ArraySlice<UInt8>, into secrets: inout SecretSet) {
    let (key, value) = setting(of: line)
    let name = String(decoding: key, as: UTF8.self)
    // A fingerprint is public, and a user's name is privacy, not a secret.
    if SecretName.isSecret(key) { secrets.insert(value, from: "\(name) of \(origin)") }
    let found =
      Self.allKnown.contains(name)
      ? SecretAssignments.values(inSetting: value) : SecretAssignments.values(in: line)
    for found in found {
      secrets.insert(found, from: "\(name) of \(origin)")
    }
  }

  private func redact(
    _ line: ArraySlice<UInt8>, at place: Place, hiding secrets: SecretSet
  ) -> [UInt8] {
    let text = line.trimmed
    guard let first = text.first, !line.elementsEqual("0".utf8) else { return Array(line) }
    let hasSecret = secrets.origin(ofSecretIn: line) != nil
    if first == UInt8(ascii: "#") {
      return [first] + Redaction.replacement(for: text, hiding: secrets)
    }
    guard case .other(let isOfKnownType) = place else {
      return hasSecret ? Redaction.replacement(for: line, hiding: secrets) : Array(line)
    }
    let (key, value) = setting(of: line)
    let indent = line.prefix { $0.isBlank }
    if !indent.isEmpty && !hasSecret && isAllowed(key, isKnownType: isOfKnownType) {
      let kept = self.value(value, of: key)
      return kept.elementsEqual(value) ? Array(line) : indent + key + Array(" ".utf8) + kept
    }
    // A word alone may be a password that slipped into a line of its own.
    guard Self.isKey(key), !value.isEmpty, secrets.origin(ofSecretIn: key) == nil else {
      return Array("\t".utf8) + Redaction.mark
    }
    // A password that looks like a device is a password.
    if SecretName.isSecret(key) { return indent + key + Array(" ".utf8) + Redaction.mark }
    return indent + key + Array(" ".utf8) + Redaction.replacement(for: value, hiding: secrets)
  }

  /// The value of a known key as it may be kept.
  private func value(_ value: ArraySlice<UInt8>, of key: ArraySlice<UInt8>) -> [UInt8] {
    if key.elementsEqual("options".utf8) { return MountOptions.redact(value) }
    if !SecretAssignments.values(inSetting: value).isEmpty { return Redaction.mark }
    guard value.contains(UInt8(ascii: "@")) else { return Array(value) }
    // In a path it may be part of a name: /mnt/@home.
    let isPath = ["path", "subdir", "mountpoint", "base"].contains { key.elementsEqual($0.utf8) }
    return Array(
      value.split(omittingEmptySubsequences: false) { ",; ".utf8.contains($0) }.map { word in
        guard let at = word.lastIndex(of: UInt8(ascii: "@")),
          !isPath || word[..<at].contains(UInt8(ascii: ":"))
        else { return Array(word) }
        return Redaction.mark + word[at...]
      }.joined(separator: [UInt8(ascii: ",")]))
  }

  private func isAllowed(_ key: ArraySlice<UInt8>, isKnownType: Bool) -> Bool {
    let name = String(decoding: key, as: UTF8.self)
    return Self.common.contains(name) || (isKnownType && Self.ofKnownTypes.contains(name))
  }

  static let allKnown = common.union(ofKnownTypes)

  /// Settings whose values are never kept, and which are no secret's by their names.
  private static let redacted: Set<String> = [
    "authsupported", "comment", "fingerprint", "master-pubkey", "username",
  ]

  private static let types: Set<String> = [
    "btrfs", "cephfs", "cifs", "dir", "drbd", "esxi", "glusterfs", "iscsi", "iscsidirect", "lvm",
    "lvmthin", "nfs", "pbs", "rbd", "zfs", "zfspool",
  ]

  /// What every storage may have.
  private static let common: Set<String> = [
    "bwlimit", "content", "disable", "format", "maxfiles", "mkdir", "nodes", "path",
    "preallocation", "prune-backups", "shared", "thinpool", "vgname",
  ]

  private static let ofKnownTypes: Set<String> = [
    "base", "blocksize", "comstar_hg", "comstar_tg", "content-dirs", "create-base-path",
    "create-subdirs", "data-pool", "datastore", "domain", "export", "fs-name", "fuse",
    "is_mountpoint",
    "iscsiprovider", "krbd", "lio_tpg", "max-protected-backups", "monhost", "mountpoint",
    "namespace", "nocow", "nowritecache", "options", "pool", "port", "portal", "redundancy",
    "saferemove", "saferemove-stepsize", "saferemove_throughput", "server", "server2", "share",
    "skip-cert-verification", "smbversion", "snapshot-as-volume-chain", "sparse", "subdir",
    "tagged_only", "target", "transport", "volume", "zfs-base-path",
  ]
}
