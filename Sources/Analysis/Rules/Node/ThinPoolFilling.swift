import BundleFormat
import NodeState

extension Rule {
  /// A thin pool is filling up.
  static let thinPoolFilling = Rule(
    "thin-pool-filling", nil, .warning, title: "A thin pool is filling up",
    RuleExplanation(
      meaning: "More than 80 % of a thin pool's data or metadata blocks are used; critical above "
        + "95 %.",
      harm: "When it is full, guests get I/O errors, and the pool may be damaged.",
      cause: "More was promised to guests than the pool has; snapshots keep old blocks.",
      remedy: "Remove snapshots, or extend the pool with lvextend, metadata first.",
      wrongRemedy: "Removing mappings: that frees no block of the pool.",
      severities: "critical above 95 %",
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
}
