import BundleFormat
import NodeState

extension Rule {
  /// What a mapping is by its layer, uuid and stacking: no guest's disk of ours.
  static let otherRules: [Rule] = [
    .guestGroupOnHost, .poolLayer, .partition, .multipath, .crypt, .hostVolume,
  ]

  /// What is said before anything else, since data is at stake.
  static let emergencyRules: [Rule] = [.ghostInUse, .lostVolume, .recreatedVolumeOpen]

  /// The rest, in the order in which the first that fits decides.
  static let verdictRules: [Rule] =
    [
      .renamedVolume, .recreatedVolume, .recreatedGroup, .suspendedMapping, .deadTarget,
      .resizedVolume, .movedExtents, .singlePath, .otherStorage,
    ] + [.overlappingExtents, .sameThinDevice, .sharedReference]
    + [
      .unmanagedGroup, .ghostMapping, .handMadeMapping, .interruptedWipe, .leftoverSnapshot,
      .leftoverFleecing, .leftoverCopy, .unreferencedVolume, .foreignUse,
    ] + [.stoppedGuest, .stoppedGuestOpen, .movedGuest, .movedGuestOpen]
    + [.runningDisk, .backingVolume, .backupImage, .attachedNotOpen, .idleThinVolume]
    + [.mentionedOnly]

  /// What replaces a stale, orphaned or wrong verdict while something is under way.
  static let movingRules: [Rule] = [.inFlux, .lockedGuest]

  /// Of guests' configurations.
  static let configurationRules: [Rule] = [.missingMapping, .missingVolume, .inactiveDisk]

  /// Of the node.
  static let nodeRules: [Rule] = [
    .sourceMissing, .quorumLost, .zpoolDegraded, .thinPoolDamaged, .thinPoolFilling,
    .autoactivationOnSharedStorage, .filterMissing, .stuckUdevCookie, .duplicateGroupName,
    .duplicatePhysicalVolume, .snapshotInvalid, .versionFault, .cpuHigh, .memoryHigh,
    .rootFilesystemFull,
  ]

  /// Every rule once, in the order of judgement.
  public static let all: [Rule] =
    otherRules + emergencyRules.filter { $0.name != Rule.recreatedVolume.name } + movingRules
    + verdictRules + [.guestsUnknown, .volumesUnknown] + configurationRules + nodeRules

  /// Finds a rule by its id, the predecessor's among them.
  public static func named(_ name: String) -> Rule? {
    (all + predecessorRules).first { $0.name == name }
  }
}
