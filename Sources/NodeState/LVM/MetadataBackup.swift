import BundleFormat

/// What this node's LVM last wrote down of a volume group: its past, never a proof of its present.
///
/// Only this node's own changes renew it, so on a shared group it is routinely old.
/// Source: `/etc/lvm/backup/VG`, vgcfgbackup(8).
public struct MetadataBackup: Sendable {
  public let groupName: String
  public let groupID: LVMID
  /// The metadata's number; compare ``VolumeGroup/sequenceNumber``.
  public let sequenceNumber: Int?
  /// When it was written; nil where it doesn't say.
  public let createdAt: Timestamp?
  /// The volumes that the group had then, by their uuids.
  public let volumes: [LVMID: Volume]

  public struct Volume: Hashable, Sendable {
    public let name: String
    /// The line of its uuid.
    public let location: SourceLocation
    public init(name: String, location: SourceLocation) {
      self.name = name
      self.location = location
    }
  }

  public init(
    groupName: String, groupID: LVMID, sequenceNumber: Int?, createdAt: Timestamp?,
    volumes: [LVMID: Volume]
  ) {
    self.groupName = groupName
    self.groupID = groupID
    self.sequenceNumber = sequenceNumber
    self.createdAt = createdAt
    self.volumes = volumes
  }
}

extension MetadataBackup {
  /// Reads one group's file: `NAME {`, `KEY = VALUE` and `}`, one a line.
  ///
  /// - Throws: ``ParseError`` when a section is left open, or there is no group.
  static func parse(
    _ bytes: Span<UInt8>, from origin: EntryOrigin
  ) throws(ParseError) -> MetadataBackup {
    var sections: [Range<Int>] = []
    var group: (name: String, id: LVMID?)?
    var sequenceNumber: Int?
    var createdAt: Timestamp?
    var volumes: [LVMID: Volume] = [:]
    var lines = LineWalk()
    while let line = lines.next(in: bytes) {
      let text = bytes.trimmed(line)
      guard let first = text.first, let last = text.last else { continue }
      if bytes[first] == UInt8(ascii: "#") { continue }
      if bytes[last] == UInt8(ascii: "{") {
        let name = bytes.trimmed(text.lowerBound..<last)
        if sections.isEmpty { group = (bytes.text(name), nil) }
        sections.append(name)
      } else if bytes.equals(text, "}") {
        guard sections.popLast() != nil else {
          throw origin.expected("an open section", in: bytes, line, line: lines.number)
        }
      } else if let (key, value) = setting(text, in: bytes) {
        switch sections.count {
        case 0 where bytes.equals(key, "creation_time"):
          createdAt = bytes.integer(value).map { Timestamp(secondsSinceEpoch: Int64($0)) }
        case 1 where bytes.equals(key, "id"): group?.id = LVMID(bytes.text(value))
        case 1 where bytes.equals(key, "seqno"): sequenceNumber = bytes.integer(value)
        case 3 where bytes.equals(key, "id") && bytes.equals(sections[1], "logical_volumes"):
          guard let id = LVMID(bytes.text(value)) else { continue }
          volumes[id] = Volume(
            name: bytes.text(sections[2]), location: origin.location(lines.number, line))
        default: continue
        }
      }
    }
    guard sections.isEmpty else { throw .cutShort(path: origin.path, line: lines.number) }
    guard let group, let id = group.id else {
      throw origin.expected("a volume group", in: bytes, 0..<bytes.count, line: 1)
    }
    return MetadataBackup(
      groupName: group.name, groupID: id, sequenceNumber: sequenceNumber, createdAt: createdAt,
      volumes: volumes)
  }

  /// `KEY = VALUE`, the value without quotes and without the remark behind it.
  private static func setting(
    _ line: Range<Int>, in bytes: Span<UInt8>
  ) -> (key: Range<Int>, value: Range<Int>)? {
    guard let equals = bytes.firstIndex(of: UInt8(ascii: "="), in: line) else { return nil }
    let key = bytes.trimmed(line.lowerBound..<equals)
    let rest = bytes.trimmed((equals + 1)..<line.upperBound)
    guard let first = rest.first, bytes[first] == UInt8(ascii: "\"") else {
      var fields = FieldWalk(rest)
      return fields.next(in: bytes).map { (key, $0) }
    }
    let start = first + 1
    guard let end = bytes.firstIndex(of: UInt8(ascii: "\""), in: start..<rest.upperBound) else {
      return nil
    }
    return (key, start..<end)
  }
}

extension NodeSnapshot {
  /// Reads LVM's backups on this node; one that can't be read tells nothing.
  ///
  /// They matter only where a volume is gone, so they are read when asked for.
  public func readMetadataBackups() -> [MetadataBackup] {
    var sources = SourceReader(bundle)
    return sources.files(of: .lvmBackup).compactMap { text in
      do throws(ParseError) {
        return try MetadataBackup.parse(text.bytes.span, from: text.origin)
      } catch {
        return nil
      }
    }
  }
}
