import BundleFormat
import NodeState

extension Rule {
  static let thinPoolFilling = Rule(
    "thin-pool-filling", nil, .warning, title: "A thin pool is filling up",
    RuleExplanation(
      meaning: "More than 80 % of a thin pool's data or metadata blocks are used; critical above "
        + "95 %.",
      harm: "When it is full, guests get I/O errors, and the pool may be damaged.",
      cause: "More was promised to guests than the pool has; snapshots keep old blocks.",
      remedy: "Remove snapshots, or extend the pool with lvextend, metadata first.",
      wrongRemedy: "Removing mappings: that frees no block of the pool.",
      needs: [.dmsetupStatus],
      references: [
        "lvmthin(7), data space exhaustion and metadata space exhaustion"
      ]),
    examine: { inventory in
      inventory.snapshot.host.thinPools.compactMap { pool in
        func percent(_ used: Int, _ total: Int) -> Double {
          total > 0 ? min(999, Double(used) * 100 / Double(total)) : 0
        }
        let data = percent(pool.usedDataBlocks, pool.totalDataBlocks)
        let metadata = percent(pool.usedMetadataBlocks, pool.totalMetadataBlocks)
        let worst = max(data, metadata)
        guard worst > 80 else { return nil }
        return NodeMatch(
          pool.mapping,
          "\(Int(data)) % of its data and \(Int(metadata)) % of its metadata are used.",
          severity: worst > 95 ? .critical : .warning,
          evidence: [Evidence(pool.location, from: .dmsetupStatus)])
      }
    })

  static let thinPoolDamaged = Rule(
    "thin-pool-damaged", nil, .critical, title: "A thin pool is damaged",
    RuleExplanation(
      meaning: "The pool has failed, is read-only, out of space, or asks for a check.",
      harm: "Its guests can't write, and may not start.",
      cause: "The pool was full, the node crashed, or metadata and LVM disagree.",
      remedy: "Stop, get help, back the metadata up before any repair.",
      wrongRemedy: "lvconvert --repair at once, or deleting its _meta volumes afterwards.",
      needs: [.dmsetupStatus],
      references: [
        "https://github.com/jthornber/thin-provisioning-tools/issues/226",
        "https://github.com/jthornber/thin-provisioning-tools/issues/242",
        "lvmthin(7), metadata check and repair",
      ]),
    examine: { inventory in
      inventory.snapshot.host.thinPools.compactMap { pool in
        guard pool.needsCheck || pool.mode != "rw" else { return nil }
        return NodeMatch(
          pool.mapping,
          "Its mode is \(pool.mode)\(pool.needsCheck ? ", and it asks for a check" : "").",
          evidence: [Evidence(pool.location, from: .dmsetupStatus)])
      }
    })

  static let snapshotInvalid = Rule(
    "snapshot-invalid", nil, .warning, title: "An LVM snapshot is invalid",
    RuleExplanation(
      meaning: "A thick snapshot is invalid or full, or its merge failed.",
      harm: "What it held is lost; an interrupted merge damages the origin.",
      cause: "The snapshot ran full.", remedy: "Remove the snapshot by hand; never stop a merge.",
      wrongRemedy: "Stopping a merge that is under way: it damages the origin.",
      needs: [.dmsetupStatus],
      references: [
        "Linux drivers/md/dm-snap.c, snapshot_status"
      ]),
    examine: { inventory in
      inventory.snapshot.host.brokenSnapshots.map { line in
        NodeMatch(
          line.text,
          "Device mapper has given the snapshot up: it is invalid, full, or its merge failed.",
          evidence: [Evidence(line.location, from: .dmsetupStatus)])
      }
    })
}
