extension VolumeGroup {
  private enum Column: Int {
    case name, id, size, free, extentSize, sequenceNumber, physicalVolumes, volumes, missing
    case partial, exported, systemID, lockType
  }

  private static let columns: [StaticString] = [
    "vg_name", "vg_uuid", "vg_size", "vg_free", "vg_extent_size", "vg_seqno", "pv_count",
    "lv_count", "vg_missing_pv_count", "vg_partial", "vg_exported", "vg_systemid",
    "vg_lock_type",
  ]

  /// Reads all groups.
  ///
  /// - Throws: ``ParseError`` for a report that breaks off, lacks what a group is trusted by, or
  ///   has a group twice.
  static func parse(_ bytes: [UInt8], from origin: EntryOrigin) throws(ParseError) -> [VolumeGroup]
  {
    var groups: [VolumeGroup] = []
    var ids: Set<LVMID> = []
    for row in try ReportRow.all(of: bytes, kind: "vg", columns: columns, from: origin) {
      let group = try VolumeGroup(row)
      guard ids.insert(group.id).inserted else {
        throw .expected(
          "each group once", found: "\"\(group.id.grouped)\"", path: origin.path,
          line: Int(group.location.line))
      }
      groups.append(group)
    }
    return groups
  }

  private convenience init(_ row: ReportRow) throws(ParseError) {
    func column(_ column: Column) -> Int { column.rawValue }
    self.init(
      name: try row.text(column(.name)), id: try row.id(column(.id)),
      extentSizeBytes: try row.number(column(.extentSize)),
      sizeBytes: try row.number(column(.size)), freeBytes: try row.number(column(.free)),
      sequenceNumber: try row.number(column(.sequenceNumber)),
      physicalVolumeCount: try row.number(column(.physicalVolumes)),
      volumeCount: row.optional(column(.volumes)).flatMap { Int($0) },
      missingPhysicalVolumeCount: try row.number(column(.missing)),
      isPartial: row.flag(column(.partial)), isExported: row.flag(column(.exported)),
      systemID: row.optional(column(.systemID)) ?? "",
      lockType: row.optional(column(.lockType)) ?? "", location: row.location)
  }
}
