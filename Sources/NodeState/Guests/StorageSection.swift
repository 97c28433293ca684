/// One section of `storage.cfg`, by PVE's own grammar: a heading, and the keys that PVE takes.
///
/// Source: pve-common `SectionConfig.pm`, `parse_config`. A section goes on until the first empty
/// line or line `0`; a heading that follows a body line without one is no heading, and the keys
/// below it belong to the section before. Keys behind the empty line belong to none.
struct StorageSection {
  /// Lower case.
  let type: String
  let id: String
  /// What was kept, each key once: the range of the value, nil for a key without one.
  private var values: [(key: Key, value: Range<Int>?)] = []
  let location: SourceLocation

  /// The keys that are looked at.
  enum Key: String, CaseIterable {
    case vgname
    case thinpool
    case shared
    case nodes
    case disable
    case saferemove
    case path
    case snapshotAsVolumeChain = "snapshot-as-volume-chain"
  }

  /// The types that PVE itself has; a text without any of them is no `storage.cfg`.
  private static let knownTypes: Set<String> = [
    "btrfs", "cephfs", "cifs", "dir", "drbd", "esxi", "glusterfs", "iscsi", "iscsidirect", "lvm",
    "lvmthin", "nfs", "pbs", "rbd", "zfs", "zfspool",
  ]

  /// Reads all sections, in the order of the file; one that PVE skips is left out, but for one of a
  /// type that a plugin of the node may have.
  ///
  /// - Throws: ``ParseError`` when there is no section of a type that PVE has.
  static func parse(
    _ bytes: Span<UInt8>, from origin: EntryOrigin
  ) throws(ParseError) -> [StorageSection] {
    var sections: [StorageSection] = []
    var open: StorageSection?
    var isInside = false
    var hasKnownType = false
    var lines = LineWalk()
    while let line = lines.next(in: bytes) {
      if isComment(bytes, line) { continue }
      if isInside {
        if line.isEmpty || bytes.equals(line, "0") {
          isInside = false
          open.map { sections.append($0) }
          open = nil
        } else {
          open?.readKey(bytes, line)
        }
      } else if let (type, id) = heading(bytes, line) {
        isInside = true
        guard PVEName.isStorageID(bytes, id) else { continue }
        let section = StorageSection(
          type: bytes.text(type).lowercased(), id: bytes.text(id),
          location: origin.location(lines.number, line))
        hasKnownType = hasKnownType || knownTypes.contains(section.type)
        open = section
      }
    }
    open.map { sections.append($0) }
    guard hasKnownType else {
      throw origin.expected("a storage such as \"dir: local\"", in: bytes, 0..<bytes.count, line: 1)
    }
    return sections
  }

  /// Whether a key is set, with a value or without.
  func hasKey(_ key: Key) -> Bool { values.contains { $0.key == key } }

  /// Returns the range of a key's value; nil for a key without one.
  func value(of key: Key) -> Range<Int>? { values.first { $0.key == key }?.value }

  private init(type: String, id: String, location: SourceLocation) {
    self.type = type
    self.id = id
    self.location = location
  }

  /// `^\s*#`
  private static func isComment(_ bytes: Span<UInt8>, _ line: Range<Int>) -> Bool {
    let text = bytes.trimmed(line)
    return !text.isEmpty && bytes[text.lowerBound] == UInt8(ascii: "#")
  }

  /// `^(\S+):\s*(\S+)\s*$`, the first part as long as it can be.
  private static func heading(
    _ bytes: Span<UInt8>, _ line: Range<Int>
  ) -> (type: Range<Int>, id: Range<Int>)? {
    let line = line.lowerBound..<bytes.trimmed(line).upperBound
    guard !line.isEmpty, !bytes[line.lowerBound].isBlank else { return nil }
    var fields = FieldWalk(line)
    guard let first = fields.next(in: bytes) else { return nil }
    if let second = fields.next(in: bytes) {
      guard fields.next(in: bytes) == nil, first.count > 1,
        bytes[first.upperBound - 1] == UInt8(ascii: ":")
      else { return nil }
      return (first.lowerBound..<(first.upperBound - 1), second)
    }
    guard
      let colon = bytes.lastIndex(
        of: UInt8(ascii: ":"), in: first.lowerBound..<max(first.lowerBound, first.upperBound - 1)),
      colon > first.lowerBound
    else { return nil }
    return (first.lowerBound..<colon, (colon + 1)..<first.upperBound)
  }

  /// `^\s+(\S+)(\s+(.*\S))?\s*$`; the first of two equal keys counts, if its value was good.
  private mutating func readKey(_ bytes: Span<UInt8>, _ line: Range<Int>) {
    guard !line.isEmpty, bytes[line.lowerBound].isBlank else { return }
    let text = bytes.trimmed(line)
    var fields = FieldWalk(text)
    guard let name = fields.next(in: bytes), let key = Key(bytes, name) else { return }
    let rest = bytes.trimmed(fields.rest)
    let value: Range<Int>? = rest.isEmpty ? nil : rest
    guard !hasKey(key), key.accepts(value, of: type, in: bytes) else { return }
    values.append((key, value))
  }
}

extension StorageSection.Key {
  init?(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    switch () {
    case _ where bytes.equals(range, "vgname"): self = .vgname
    case _ where bytes.equals(range, "thinpool"): self = .thinpool
    case _ where bytes.equals(range, "shared"): self = .shared
    case _ where bytes.equals(range, "nodes"): self = .nodes
    case _ where bytes.equals(range, "disable"): self = .disable
    case _ where bytes.equals(range, "saferemove"): self = .saferemove
    case _ where bytes.equals(range, "path"): self = .path
    case _ where bytes.equals(range, "snapshot-as-volume-chain"): self = .snapshotAsVolumeChain
    default: return nil
    }
  }

  /// Whether PVE keeps a value: a bad one is dropped, and so is a key that the type doesn't have.
  ///
  /// Source: pve-storage `Plugin.pm`, each plugin's `options`.
  func accepts(_ value: Range<Int>?, of type: String, in bytes: Span<UInt8>) -> Bool {
    switch self {
    case .vgname:
      guard type == "lvm" || type == "lvmthin", let value else { return false }
      return PVEName.isGroupName(bytes, value)
    case .thinpool:
      guard type == "lvmthin", let value else { return false }
      return PVEName.isGroupName(bytes, value)
    case .shared:
      return ["lvm", "dir", "btrfs"].contains(type) && Self.boolean(value, in: bytes) != nil
    case .saferemove:
      return type == "lvm" && Self.boolean(value, in: bytes) != nil
    case .disable, .snapshotAsVolumeChain:
      return Self.boolean(value, in: bytes) != nil
    case .nodes:
      guard let value, let nodes = Self.list(value, in: bytes) else { return false }
      for node in nodes where !PVEName.isNodeName(bytes, node) { return false }
      return true
    case .path:
      return value != nil
    }
  }

  /// Reads `0` or `1`; a key without value is 1; nil for anything else.
  static func boolean(_ value: Range<Int>?, in bytes: Span<UInt8>) -> Bool? {
    guard let value else { return true }
    if bytes.equals(value, "1") { return true }
    return bytes.equals(value, "0") ? false : nil
  }

  /// Parts a list at commas, semicolons and blanks; nil for an empty one.
  static func list(_ value: Range<Int>, in bytes: Span<UInt8>) -> [Range<Int>]? {
    var items: [Range<Int>] = []
    var start = value.lowerBound
    for index in value.lowerBound...value.upperBound {
      let isEnd =
        index == value.upperBound || bytes[index] == UInt8(ascii: ",")
        || bytes[index] == UInt8(ascii: ";") || bytes[index] == 0 || bytes[index].isBlank
      guard isEnd else { continue }
      if start < index { items.append(start..<index) }
      start = index + 1
    }
    return items.isEmpty ? nil : items
  }
}
