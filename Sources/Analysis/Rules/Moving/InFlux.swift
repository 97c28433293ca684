import BundleFormat
import NodeState

extension Rule {
  /// Something that was moving while the node was read.
  ///
  /// Where what tells of it is missing, a leftover can't be told from work in progress.
  static let inFlux = Rule(
    "in-flux", .unknown, .info, title: "It was moving while the node was read",
    RuleExplanation(
      meaning: "The mapping or its guest changed between the two readings, a running task names "
        + "the guest, or the volume is only minutes old.",
      harm: "None: what looks like a leftover may be work in progress.",
      cause: "A start, stop, migration, clone, backup or restore was under way.",
      remedy: "Collect again when it is over.", wrongRemedy: "Cleaning up meanwhile.",
      needs: [.dmsetupInfo, .dmsetupTable, .guestConfigs, .tasksActive, .lvs],
      references: [
        "pve-docs, pvenode.adoc: tasks and their UPID",
        "https://bugzilla.proxmox.com/show_bug.cgi?id=4997",
      ]),
    asking: [
      .otherwise("it did not change between the readings, no task is at it, and it is not new")
    ]
  ) { facts, inventory in
    func match(_ why: String, _ evidence: [Evidence] = []) -> RuleOutcome {
      .matches(
        RuleMatch(why + " Collect again when it is over.", evidence: [facts.evidence] + evidence))
    }
    let flux = inventory.flux
    if let change = flux.changedMappings[facts.mapping.name] {
      return match("Between the two readings \(change).")
    }
    for partition in facts.partitions {
      let name = inventory.mappings[partition].mapping.name
      if let change = flux.changedMappings[name] {
        return match("Between the two readings its partition \(name) changed: \(change).")
      }
    }
    let guests = inventory.guestsConcerned(by: facts)
    for guest in guests.sorted() {
      if let change = flux.changedGuests[guest] {
        return match("Guest \(guest) changed between the two readings: \(change).")
      }
    }
    if let task = flux.task(concerning: guests, facts: facts, inventory: inventory) {
      return match(
        "The task \(task.type) \(task.subject) was running.",
        [Evidence(task.location, from: .tasksActive)])
    }
    if let guest = guests.sorted().first(where: { inventory.guests.incoming.contains($0) }) {
      return match("Guest \(guest) was receiving a migration here.")
    }
    if let volume = facts.volume,
      !facts.countingReferences.contains(where: { inventory.names($0, volume) })
    {
      guard let made = volume.createdAt else {
        return .lacks(
          .volumes("no configuration names it, and LVM doesn't say when it was made"))
      }
      if inventory.isYoung(made) {
        let age =
          inventory.snapshot.bundle.manifest.collectedAt < made
          ? "after the collection by the clock of the node that made it"
          : "less than 10 minutes before collection"
        return match(
          "No configuration names it yet, and it was made at \(made), \(age).",
          facts.volumeEvidence)
      }
    }
    if let gap = flux.gaps.first {
      let reason = "nobody can say what was moving, since \(gap.reason)"
      let isOfMappings = gap.source == .dmsetupInfo || gap.source == .dmsetupTable
      return .lacks(isOfMappings ? .volumes(reason) : .guests(reason))
    }
    return .silent
  }
}

extension Inventory {
  /// Whether a volume was made less than ten minutes before collection, or after it by its own clock.
  func isYoung(_ made: Timestamp) -> Bool {
    let collected = snapshot.bundle.manifest.collectedAt.secondsSinceEpoch
    return made.secondsSinceEpoch > collected.saturatingSubtract(600)
  }
}

extension Flux {
  /// The running task that may be at work on a mapping; nil when none is.
  func task(
    concerning guests: Set<GuestID>, facts: MappingFacts, inventory: Inventory
  ) -> ActiveTask? {
    tasks.first { task in
      if let guest = task.guestID, guests.contains(guest) { return true }
      // Of a task that names a volume, the guest is told by the volume's name.
      guard task.guestID == nil || task.subject.utf8.contains(UInt8(ascii: ":")) else {
        return false
      }
      if let volume = facts.path?.volume, task.subject.contains(volume) { return true }
      guard task.guestID == nil else { return false }
      switch task.type {
      // A removal with wiping names nothing (pve-storage `Storage.pm`, `vdisk_free`).
      case "imgdel": return facts.guestName?.kind == .wiping
      // A backup of several guests names none; it may be at any guest of this node.
      case "vzdump":
        return guests.contains { guest in
          inventory.configurations[guest].contains { $0.node == inventory.nodeName }
        }
      default: return false
      }
    }
  }
}

extension Inventory {
  /// Whether a line names a volume as that is called now: LVM renames before PVE writes the configuration.
  fileprivate func names(_ line: ResolvedReference, _ volume: LogicalVolume) -> Bool {
    switch line.reference.target {
    case .volume(let id):
      let name = line.snapshot.map { GuestVolumeName.snapshotVolume(of: id.volume, snapshot: $0) }
      return (name ?? id.volume) == volume.name
    case .path(let path):
      switch references.paths.target(of: DevicePaths.normalised(path)) {
      case .volume(let named): return named.volume == volume.name
      case .mapping(let name): return name == volume.mappingName
      case .device, .minor, .uuid, .unresolved, .uncollected, .nothingMapped: return true
      }
    }
  }
}
