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

  static let snapshotInvalid = Rule(
    "snapshot-invalid", nil, .warning, title: "An LVM snapshot is invalid",
    RuleExplanation(
      meaning: "A thick snapshot is invalid or full, or its merge failed.",
      harm: "What it held is lost; an interrupted merge damages the origin.",
      cause: "The snapshot ran full.", remedy: "Remove the snapshot by hand; never stop a merge.",
      wrongRemedy: "Stopping a merge that is under way: it damages the origin.",
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
