extension Storage {
  /// Types whose volumes are the same on all nodes, whatever the configuration says.
  ///
  /// Source: pve-storage `Plugin.pm`, `@SHARED_STORAGE`.
  static let sharedTypes: Set<String> = [
    "iscsi", "nfs", "cifs", "rbd", "cephfs", "iscsidirect", "zfs", "drbd", "pbs",
  ]

  /// Reads `storage.cfg` as PVE's own parser would have it.
  ///
  /// Of two sections with one id the later counts; one that lacks a required key does not exist
  /// for PVE, nor does an earlier one of that id; `local` always exists.
  ///
  /// - Throws: ``ParseError`` when the text is no `storage.cfg`.
  static func parse(
    _ bytes: Span<UInt8>, from origin: EntryOrigin
  ) throws(ParseError) -> [Storage] {
    let sections = try StorageSection.parse(bytes, from: origin)
    let last = Dictionary(
      sections.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { _, later in later })
    var storages: [Storage] = []
    for (index, section) in sections.enumerated() where last[section.id] == index {
      if let storage = Storage(section, in: bytes) { storages.append(storage) }
    }
    let local = storages.firstIndex { $0.id == "local" }
    if let local, storages[local].type == "dir" { return storages }
    let made = Storage(
      id: "local", type: "dir", volumeGroup: nil, thinPool: nil, isShared: false, nodes: nil,
      isDisabled: false, wipesRemovedVolumes: false, usesVolumeChains: false,
      location: local.map { storages[$0].location } ?? origin.location(1, 0..<0))
    if let local { storages[local] = made } else { storages.append(made) }
    return storages
  }

  /// Makes a storage of a section; nil when it lacks a required key.
  private convenience init?(_ section: StorageSection, in bytes: Span<UInt8>) {
    func text(_ key: StorageSection.Key) -> String? {
      section.value(of: key).map { bytes.text($0) }
    }
    func flag(_ key: StorageSection.Key) -> Bool {
      guard section.hasKey(key) else { return false }
      return StorageSection.Key.boolean(section.value(of: key), in: bytes) ?? false
    }
    let (group, pool) = (text(.vgname), text(.thinpool))
    switch section.type {
    case "lvm" where group == nil: return nil
    case "lvmthin" where group == nil || pool == nil: return nil
    case "dir" where text(.path) == nil: return nil
    default: break
    }
    let isLocal = section.id == "local" && section.type == "dir"
    var nodes: [String]?
    if !isLocal, let value = section.value(of: .nodes) {
      nodes = StorageSection.Key.list(value, in: bytes)?.map { bytes.text($0) }
    }
    self.init(
      id: section.id, type: section.type, volumeGroup: group, thinPool: pool,
      isShared: Self.sharedTypes.contains(section.type) || flag(.shared), nodes: nodes,
      isDisabled: flag(.disable), wipesRemovedVolumes: flag(.saferemove),
      usesVolumeChains: flag(.snapshotAsVolumeChain), location: section.location)
  }
}
