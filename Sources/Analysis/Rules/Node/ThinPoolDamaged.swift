import BundleFormat
import NodeState

extension Rule {
  /// A thin pool has failed or asks for a check.
  static let thinPoolDamaged = Rule(
    "thin-pool-damaged", nil, .critical, title: "A thin pool is damaged",
    RuleExplanation(
      meaning: "The pool has failed, is read-only, out of space, or asks for a check.",
      harm: "Its guests can't write, and may not start.",
      cause: "The pool was full, the node crashed, or metadata and LVM disagree.",
      remedy: "Stop, get help, back the metadata up before any repair.",
      wrongRemedy: "lvconvert --repair at once, or deleting its _meta volumes afterwards.",
      needs: [.dmsetupStatus, .lvs],
      references: [
        "https://github.com/jthornber/thin-provisioning-tools/issues/226",
        "https://github.com/jthornber/thin-provisioning-tools/issues/242",
        "lvmthin(7), metadata check and repair",
      ]),
    examine: { inventory in
      let pools = inventory.snapshot.host.thinPools
      let damaged = pools.compactMap { pool -> NodeMatch? in
        let mismatch = inventory.transactionFault(of: pool)
        guard pool.needsCheck || pool.mode != "rw" || mismatch != nil else { return nil }
        return NodeMatch(
          pool.mapping,
          "Its mode is \(pool.mode)\(pool.needsCheck ? ", and it asks for a check" : "")"
            + (mismatch.map { "; \($0.words)" } ?? "") + ".",
          evidence: [Evidence(pool.location, from: .dmsetupStatus)]
            + (mismatch.map { [Evidence($0.volume.location, from: .lvs)] } ?? []))
      }
      let told = Set(damaged.map(\.subject))
      return damaged
        + (inventory.snapshot.lvm.volumes.value ?? []).compactMap { volume in
          guard let words = volume.poolFault else { return nil }
          let subject = "\(volume.mappingName)-tpool"
          return told.contains(subject)
            ? nil
            : NodeMatch(
              subject, "lvs says that \(words).",
              evidence: [Evidence(volume.location, from: .lvs)])
        }
    })
}

extension Inventory {
  /// A pool whose metadata device counts other transactions than LVM: it can't be activated again.
  ///
  /// A running command may be between the two, so nothing is said while anything moves.
  fileprivate func transactionFault(of pool: ThinPoolStatus) -> (
    words: String, volume: LogicalVolume
  )? {
    guard flux.gaps.isEmpty, flux.tasks.isEmpty, flux.changedMappings.isEmpty,
      flux.newMappings.isEmpty, let live = pool.transactionID, pool.mapping.hasSuffix("-tpool"),
      let volume = volumes[String(pool.mapping.dropLast(6))],
      let recorded = volume.transactionID, recorded != live
    else { return nil }
    return ("its transaction is \(live), and LVM's metadata says \(recorded)", volume)
  }
}

extension LogicalVolume {
  /// What LVM says of a thin pool's health, when it is not well.
  ///
  /// Source: lvs(8), `lv_health_status` of thin pools.
  fileprivate var poolFault: String? {
    guard attributes.utf8.first == UInt8(ascii: "t") else { return nil }
    switch health {
    case "failed": return "the pool has failed"
    case "out_of_data": return "the pool is out of space"
    case "metadata_read_only": return "the pool's metadata is read-only"
    default: return nil
    }
  }
}
