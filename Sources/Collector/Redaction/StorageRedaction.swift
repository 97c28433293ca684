/// Redacts `/etc/pve/storage.cfg`: known keys are kept, but none that may hold a secret.
///
/// Source: `PVE::SectionConfig` (grammar), the properties of PVE's storage plugins. A plugin that PVE
/// doesn't ship may keep anything anywhere: of its section only keys that every storage has stay. Of
/// what is kept, a name before `@` goes, and mount options that may be credentials.
struct StorageRedaction {
  /// The file, for messages.
  let origin: String

  func redact(_ bytes: [UInt8], into secrets: inout SecretSet) -> [UInt8] {
    var isKnownType = false
    var known: [(isSection: Bool, line: ArraySlice<UInt8>)] = []
    Lines.forEach(bytes) { line in
      if let type = headerType(of: line) { isKnownType = Self.types.contains(type) }
      known.append((isKnownType, line))
      collectSecrets(of: line, into: &secrets)
    }
    var index = 0
    return Lines.map(bytes) { line in
      defer { index += 1 }
      return redact(line, isKnownType: known[index].isSection, hiding: secrets)
    }
  }

  /// `lvm: san1` at the line's start; nil for any other line.
  private func headerType(of line: ArraySlice<UInt8>) -> String? {
    guard let first = line.first, !first.isBlank, first != UInt8(ascii: "#"),
      let colon = line.firstIndex(of: UInt8(ascii: ":"))
    else { return nil }
    let type = line[..<colon]
    let rest = line[(colon + 1)...].trimmed
    guard !rest.isEmpty, !rest.contains(where: \.isBlank), !type.contains(where: \.isBlank),
      !SecretName.isSecret(type)
    else { return nil }
    return String(decoding: type.map { $0.lowered }, as: UTF8.self)
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
    if headerType(of: line) != nil { return }
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
    _ line: ArraySlice<UInt8>, isKnownType: Bool, hiding secrets: SecretSet
  ) -> [UInt8] {
    let text = line.trimmed
    // Like an empty line, a line 0 ends a section.
    guard let first = text.first, !line.elementsEqual("0".utf8) else { return Array(line) }
    let hasSecret = secrets.origin(ofSecretIn: line) != nil
    if first == UInt8(ascii: "#") {
      return [first] + Redaction.replacement(for: text, hiding: secrets)
    }
    if headerType(of: line) != nil {
      return hasSecret ? Redaction.replacement(for: line, hiding: secrets) : Array(line)
    }
    let (key, value) = setting(of: line)
    let isName = key.allSatisfy { $0.isNameByte } && secrets.origin(ofSecretIn: key) == nil
    guard isName else { return Array("\t".utf8) + Redaction.mark }
    let indent = line.prefix { $0.isBlank }
    if !hasSecret && isAllowed(key, isKnownType: isKnownType) {
      let kept = self.value(value, of: key)
      return kept.elementsEqual(value) ? Array(line) : indent + key + Array(" ".utf8) + kept
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
