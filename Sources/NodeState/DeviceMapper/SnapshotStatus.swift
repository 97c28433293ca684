import BundleFormat

/// Thick snapshots that device mapper gave up.
///
/// Source: `dmsetup status`: `NAME: START LENGTH snapshot Invalid`, `snapshot Overflow`,
/// `snapshot-merge Merge failed`; Linux `drivers/md/dm-snap.c`, `snapshot_status`.
enum SnapshotStatus {
  /// Returns the names and lines of those that are invalid, full or whose merge failed.
  static func broken(_ bytes: Span<UInt8>, from origin: EntryOrigin) -> [HostFacts.Line] {
    // Most nodes have no thick snapshot.
    if bytes.firstIndex(of: "pshot", in: 0..<bytes.count) == nil { return [] }
    var broken: [HostFacts.Line] = []
    var lines = LineWalk()
    while let line = lines.next(in: bytes) {
      // Most lines are of other types, and few names have a `p`.
      guard bytes.firstIndex(of: "pshot", in: line) != nil,
        let colon = bytes.firstIndex(of: ": ", in: line)
      else { continue }
      var fields = FieldWalk((colon + 2)..<line.upperBound)
      guard fields.next(in: bytes) != nil, fields.next(in: bytes) != nil,
        let type = fields.next(in: bytes),
        bytes.equals(type, "snapshot") || bytes.equals(type, "snapshot-merge"),
        let state = fields.next(in: bytes),
        bytes.equals(state, "Invalid") || bytes.equals(state, "Overflow")
          || bytes.equals(state, "Merge")
      else { continue }
      broken.append(
        HostFacts.Line(
          text: MangledText.mangling(bytes, line.lowerBound..<colon),
          location: origin.location(lines.number, line)))
    }
    return broken
  }
}
