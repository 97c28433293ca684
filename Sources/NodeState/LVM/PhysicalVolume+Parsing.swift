extension PhysicalVolume {
  private enum Column: Int {
    case name, id, groupName, groupID, size, dataStart, missing, duplicate, major, minor
  }

  private static let columns: [StaticString] = [
    "pv_name", "pv_uuid", "vg_name", "vg_uuid", "pv_size", "pe_start", "pv_missing",
    "pv_duplicate", "pv_major", "pv_minor",
  ]

  /// Reads all physical volumes.
  ///
  /// - Throws: ``ParseError`` for a report that breaks off or lacks what identifies one.
  static func parse(
    _ bytes: [UInt8], from origin: EntryOrigin
  ) throws(ParseError) -> [PhysicalVolume] {
    var volumes: [PhysicalVolume] = []
    for row in try ReportRow.all(of: bytes, kind: "pv", columns: columns, from: origin) {
      // `pvs -a` lists devices that are none, without a uuid.
      if row.optional(Column.id.rawValue) == "" { continue }
      volumes.append(try PhysicalVolume(row))
    }
    return volumes
  }

  private init(_ row: ReportRow) throws(ParseError) {
    func column(_ column: Column) -> Int { column.rawValue }
    let hasGroup = row.optional(column(.groupID)).map { !$0.isEmpty } ?? false
    let device = DeviceNumber(
      "\(row.optional(column(.major)) ?? ""):\(row.optional(column(.minor)) ?? "")")
    self.init(
      name: try row.text(column(.name)), id: try row.id(column(.id)),
      groupID: hasGroup ? try row.id(column(.groupID)) : nil,
      groupName: row.optional(column(.groupName)) ?? "",
      dataStartBytes: try row.number(column(.dataStart)), device: device,
      isMissing: row.flag(column(.missing)), isDuplicate: row.flag(column(.duplicate)),
      sizeBytes: try row.number(column(.size)), location: row.location)
  }
}
