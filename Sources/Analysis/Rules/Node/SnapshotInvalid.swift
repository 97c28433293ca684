import BundleFormat
import NodeState

extension Rule {
  /// A thick snapshot is lost, or its merge failed.
  static let snapshotInvalid = Rule(
    "snapshot-invalid", nil, .warning, title: "An LVM snapshot is invalid",
    RuleExplanation(
      meaning: "A thick snapshot is invalid or full, or its merge failed.",
      harm: "What it held is lost; an interrupted merge damages the origin.",
      cause: "The snapshot ran full, or a disk failed while it was merged.",
      remedy:
        "lvs -a -o +lv_snapshot_invalid,lv_merge_failed says which. An invalid one holds nothing any more: remove "
        + "it by hand. After a failed merge the rest of the origin lies in the snapshot: keep both, "
        + "copy them out, and get help.",
      wrongRemedy:
        "Removing a snapshot whose merge failed, or stopping a merge that is under way: it "
        + "damages the origin.",
      needs: [.dmsetupStatus, .lvs],
      references: [
        "Linux drivers/md/dm-snap.c, snapshot_status",
        "lvs(8), lv_attr: the state",
      ]),
    examine: { inventory in
      let broken = inventory.snapshot.host.brokenSnapshots
      let told = Set(broken.map(\.text))
      return broken.map { line in
        NodeMatch(
          line.text,
          "Device mapper has given the snapshot up: it is invalid, full, or its merge failed.",
          evidence: [Evidence(line.location, from: .dmsetupStatus)])
      }
        + (inventory.snapshot.lvm.volumes.value ?? []).compactMap { volume in
          // Under --readonly LVM doesn't ask device mapper, and the state is X.
          guard let words = volume.snapshotFault, !told.contains(volume.mappingName) else {
            return nil
          }
          return NodeMatch(
            volume.mappingName, "lvs says of the snapshot that \(words) (\(volume.attributes)).",
            evidence: [Evidence(volume.location, from: .lvs)])
        }
    })
}

extension LogicalVolume {
  /// What `lv_attr`'s state says of a snapshot that is lost; nil for any other.
  ///
  /// Source: lvs(8), `lv_attr` 5: `I` invalid, `S` suspended and invalid, `m` merge failed,
  /// `M` suspended and merge failed.
  fileprivate var snapshotFault: String? {
    let bytes = attributes.utf8
    guard let state = bytes.index(bytes.startIndex, offsetBy: 4, limitedBy: bytes.endIndex),
      state < bytes.endIndex
    else { return nil }
    switch bytes[state] {
    case UInt8(ascii: "I"), UInt8(ascii: "S"): return "it is invalid"
    case UInt8(ascii: "m"), UInt8(ascii: "M"): return "its merge failed"
    default: return nil
    }
  }
}
