import BundleFormat
import NodeState

extension Rule {
  /// A mapping that leads nowhere.
  static let deadTarget = Rule(
    "dead-target", .wrong, .critical, title: "The mapping leads nowhere",
    RuleExplanation(
      meaning: "The live table is an error target, or a device that it names is gone.",
      harm: "Every access fails: a guest on it gets I/O errors.",
      cause: "dmsetup remove --force, a disk that was taken away, or a lost path.",
      remedy: "If the disk is back and LVM's metadata is right, lvchange --refresh GROUP/VOLUME.",
      wrongRemedy: "Removing it while a guest holds it.",
      needs: [.dmsetupInfo, .dmsetupTable, .pvs, .lsblk],
      references: [
        "dmsetup(8), remove --force",
        "lvchange(8), --refresh",
      ]),
    of: .perhapsDead,
    asking: [.otherwise("its table leads to devices that exist")]
  ) { facts, inventory in
    let targets = facts.mapping.table.value ?? []
    if let dead = targets.first(where: { $0.kind == .error }) {
      return .matches(
        RuleMatch(
          "Its live table has an error target; \(facts.openWords).",
          evidence: [facts.evidence, Evidence(dead.location, from: .dmsetupTable)]))
    }
    func match(_ gone: DeviceNumber, _ what: String) -> RuleOutcome {
      .matches(
        RuleMatch(
          "Its table names the \(what) \(gone), which does not exist; \(facts.openWords).",
          evidence: [facts.evidence] + facts.tableEvidence))
    }
    for device in facts.mapping.dependencies {
      switch inventory.presence(of: device, below: facts.mapping.device) {
      case true?: continue
      case false?:
        return match(device, device.major == facts.mapping.device.major ? "mapping" : "device")
      case nil:
        return .lacks(
          .volumes("nobody says whether the device \(device) still exists: lsblk was not collected")
        )
      }
    }
    return .silent
  }
}

extension Inventory {
  /// Whether the node has a block device; nil where nothing collected can tell.
  ///
  /// Mappings are all in dmsetup's list, and LVM has just read its physical volumes; for all others
  /// lsblk is asked. It leaves RAM disks (major number 1) out.
  func presence(of device: DeviceNumber, below mapping: DeviceNumber) -> Bool? {
    if device.major == mapping.major { return positions[device] != nil }
    if device.major == 1 || disks.physicalDevices.contains(device) { return true }
    guard let diskTransports, !diskTransports.isEmpty else { return nil }
    return diskTransports[device] != nil
  }
}
