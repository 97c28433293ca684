extension ThinPoolStatus {
  /// Reads what `dmsetup status --noflush` says of thin pools.
  ///
  /// `NAME: 0 LENGTH thin-pool TRANSACTION USED/TOTAL USED/TOTAL HELD MODE FEATURE… needs_check|- …`,
  /// metadata blocks first; `NAME: 0 LENGTH thin-pool Fail` for a broken one.
  /// Source: Linux `Documentation/admin-guide/device-mapper/thin-provisioning.rst`.
  ///
  /// - Throws: ``ParseError`` when a pool's line is something else.
  static func parse(
    _ bytes: Span<UInt8>, from origin: EntryOrigin
  ) throws(ParseError) -> [ThinPoolStatus] {
    try origin.requireWholeLines(bytes)
    var pools: [ThinPoolStatus] = []
    var lines = LineWalk()
    while let line = lines.next(in: bytes) {
      // Most lines are of other types, and few names have a `p`.
      guard bytes.firstIndex(of: "pool", in: line) != nil,
        let colon = bytes.firstIndex(of: ": ", in: line)
      else { continue }
      var fields = FieldWalk((colon + 2)..<line.upperBound)
      guard fields.next(in: bytes) != nil, fields.next(in: bytes) != nil,
        let type = fields.next(in: bytes), bytes.equals(type, "thin-pool")
      else { continue }
      let rest = fields.rest
      guard
        let pool = ThinPoolStatus(
          mapping: MangledText.mangling(bytes, line.lowerBound..<colon), &fields, in: bytes,
          location: origin.location(lines.number, line))
      else { throw origin.expected("a thin pool's status", in: bytes, rest, line: lines.number) }
      pools.append(pool)
    }
    return pools
  }

  private init?(
    mapping: String, _ fields: inout FieldWalk, in bytes: Span<UInt8>, location: SourceLocation
  ) {
    guard let first = fields.next(in: bytes) else { return nil }
    guard let transaction = bytes.integer(first) else {
      guard bytes.equals(first, "Fail") || bytes.equals(first, "Error") else { return nil }
      self.init(
        mapping: mapping, transactionID: nil, usedMetadataBlocks: 0, totalMetadataBlocks: 0,
        usedDataBlocks: 0, totalDataBlocks: 0, mode: bytes.text(first), needsCheck: false,
        location: location)
      return
    }
    guard let metadata = fields.next(in: bytes).flatMap({ Self.share($0, in: bytes) }),
      let data = fields.next(in: bytes).flatMap({ Self.share($0, in: bytes) }),
      fields.next(in: bytes) != nil, let mode = fields.next(in: bytes)
    else { return nil }
    var needsCheck = false
    while let field = fields.next(in: bytes) {
      if bytes.equals(field, "needs_check") { needsCheck = true }
    }
    self.init(
      mapping: mapping, transactionID: transaction, usedMetadataBlocks: metadata.used,
      totalMetadataBlocks: metadata.total, usedDataBlocks: data.used,
      totalDataBlocks: data.total, mode: bytes.text(mode), needsCheck: needsCheck,
      location: location)
  }

  /// Reads `120/1024`.
  private static func share(
    _ range: Range<Int>, in bytes: Span<UInt8>
  ) -> (used: Int, total: Int)? {
    guard let slash = bytes.firstIndex(of: UInt8(ascii: "/"), in: range),
      let used = bytes.integer(range.lowerBound..<slash),
      let total = bytes.integer((slash + 1)..<range.upperBound)
    else { return nil }
    return (used, total)
  }
}
