import BundleFormat
import NodeState

extension Rule {
  /// A snapshot in the chain below a running guest's disk.
  static let backingVolume = Rule(
    "backing-volume", .valid, .info, title: "Part of a running guest's volume chain",
    RuleExplanation(
      meaning: "The volume holds a snapshot that an attached disk of a running guest builds on.",
      harm: "None: the guest's disk consists of the whole chain.",
      cause: "The storage keeps snapshots as volume chains.", remedy: "Nothing is to be done.",
      wrongRemedy: "Taking .qcow2 volumes for leftovers.",
      needs: [.dmsetupInfo, .lvs, .guestConfigs, .qemuProcesses],
      references: [
        "pve-storage, src/PVE/Storage/LVMPlugin.pm: snapshot-as-volume-chain"
      ]),
    of: [.confirmed, .snapshot, .referencedHere],
    asking: [
      .confirmed, .chainSnapshot, .runningReference,
      .otherwise("no disk that the running guest has attached builds on it"),
    ]
  ) { facts, inventory in
    guard facts.guestName?.kind == .snapshot(isChain: true),
      let reference = facts.referencesHere.first(where: {
        $0.guestRuns && inventory.isOfAttachedDisk($0)
      }),
      let snapshot = reference.snapshot
    else { return .silent }
    return .matches(
      RuleMatch(
        "It holds the snapshot \(snapshot) of guest \(reference.configuration.id), which runs here: "
          + "its disk builds on it.",
        evidence: [facts.evidence, reference.evidence]))
  }
}

extension Inventory {
  /// Whether a snapshot's volume is of a disk that the guest has attached now, by whatever storage of the
  /// group.
  fileprivate func isOfAttachedDisk(_ reference: ResolvedReference) -> Bool {
    guard reference.snapshot != nil, case .volume(let id) = reference.reference.target else {
      return false
    }
    return reference.configuration.references.contains { line in
      guard line.isAttached, case .volume(let attached) = line.target else { return false }
      return attached.volume == id.volume
        && (attached.storage == id.storage || group(of: attached) == group(of: id))
    }
  }

  private func group(of volume: VolumeID) -> String {
    storages.first { $0.id == volume.storage }?.volumeGroup ?? volume.storage
  }
}
