import BundleFormat
import NodeState

/// Turns a proposed step into one that the script can prove again on the node, or says why it can't.
struct StepPlanner {
  let inventory: Inventory
  /// How long after collection the script may act: 24 hours.
  private static let validSeconds: Int64 = 86_400
  /// Bytes of a table's line; a longer one is refused.
  private static let lineLimit = 4096
  /// Bytes of a volume's segments as a precondition.
  private static let extentsLimit = 4096
  /// Bytes of a whole table: half of what Linux takes for one word of a command (`MAX_ARG_STRLEN`).
  private static let tableLimit = 65_536

  func step(
    for facts: MappingFacts, _ verdict: Verdict, _ proposed: ProposedStep
  ) -> Result<RemediationStep, Refusal> {
    do {
      return .success(try planned(facts, verdict, proposed))
    } catch {
      return .failure(error)
    }
  }

  private func planned(
    _ facts: MappingFacts, _ verdict: Verdict, _ proposed: ProposedStep
  ) throws(Refusal) -> RemediationStep {
    if inventory.snapshot.bundle.manifest.redaction == .strict {
      throw Refusal(why: "the bundle is redacted strictly: pseudonyms prove nothing")
    }
    if facts.guestName == nil { throw Refusal(why: "it is not named like a guest's disk") }
    try checkCharacters(of: facts)
    try checkState(of: facts)
    try checkGroup(of: facts)
    try checkComparison(of: facts)
    try checkStorage(of: facts, proposed.verb)
    try checkActivation(of: facts, proposed.verb)
    try checkSnapshots(of: facts)
    try checkPlace(of: facts)
    try checkPhysicalVolume(on: facts, called: "it", proposed.verb)
    try checkMentions(of: facts)
    try checkPaths(of: facts, proposed.verb)
    let guests = inventory.guestsConcerned(by: facts).sorted()
    if let guest = guests.first(where: inventory.guests.hasProcess) {
      throw Refusal(why: "guest \(guest) runs here, and PVE may be at any disk of its number")
    }
    var children: [RemediationStep] = []
    for position in facts.partitions {
      children.append(try partitionStep(inventory.mappings[position], of: facts, verdict, proposed))
    }
    return RemediationStep(
      mapping: facts.mapping.name, uuid: facts.mapping.uuid?.description, rule: verdict.rule,
      phase: proposed.phase, argv: try command(facts, proposed.verb), children: children,
      preconditions: try nodePreconditions() + mappingPreconditions(facts, children)
        + guestPreconditions(facts) + volumePreconditions(facts, proposed.verb)
        + diskPreconditions(facts),
      undo: undo(facts, proposed.verb),
      applicability: proposed.phase == 1 ? .automatic : .confirmed)
  }

  /// Only what device mapper itself leaves unmangled may reach a command.
  private func checkCharacters(of facts: MappingFacts) throws(Refusal) {
    guard StepCharacters.isMappingName(facts.mapping.name) else {
      throw Refusal(why: "its name has characters that no command should meet")
    }
    if let uuid = facts.mapping.uuid?.description {
      guard StepCharacters.isMappingUUID(uuid) else {
        throw Refusal(why: "its uuid has characters that no command should meet")
      }
    } else if facts.mapping.name.hasPrefix("-") {
      throw Refusal(why: "its name would pass for an option")
    }
    let groupName: String? =
      switch facts.standing {
      case .known(_, let group), .ghost(let group): group.name
      case .groupAbsent, .unreadable, .notLVM: nil
      }
    for name in [facts.volume?.name, facts.path?.volume, groupName].compactMap({ $0 })
    where !name.isEmpty {
      guard StepCharacters.isVolumeName(name) else {
        throw Refusal(why: "its volume's or group's name has characters that LVM does not allow")
      }
    }
    try checkTable(of: facts)
  }

  /// A command is at work on a suspended mapping and on one with a second table, or died there.
  private func checkState(of facts: MappingFacts) throws(Refusal) {
    let attributes = facts.mapping.attributes
    guard attributes.hasLiveTable, !attributes.isSuspended, !attributes.hasInactiveTable else {
      throw Refusal(why: "it is suspended, or a second table is loaded")
    }
  }

  /// The table is compared with the live one, and may have to be loaded again.
  private func checkTable(of facts: MappingFacts) throws(Refusal) {
    let targets = facts.mapping.table.value ?? []
    let isWhole = targets.allSatisfy {
      inventory.snapshot.text(at: $0.location, limit: Self.lineLimit).utf8.count < Self.lineLimit
    }
    guard table(facts).utf8.count <= Self.tableLimit else {
      throw Refusal(why: "its table is too long for a command")
    }
    guard isWhole, StepCharacters.isTable(table(facts)) else {
      throw Refusal(why: "its table is not of the kind that can be compared and restored")
    }
    let isRestorable = targets.allSatisfy {
      switch $0.kind {
      case .linear, .striped, .thin, .error, .zero: true
      case .thinPool, .other: facts.volume != nil
      }
    }
    guard isRestorable else { throw Refusal(why: "its table could not be restored by an undo") }
  }

  private func command(
    _ facts: MappingFacts, _ verb: ProposedStep.Verb
  ) throws(Refusal) -> [String] {
    switch verb {
    case .deactivate:
      guard let volume = facts.volume else { throw Refusal(why: "LVM does not know its volume") }
      let identity = "vg_uuid=\(volume.groupID.grouped) && lv_uuid=\(volume.id.grouped)"
      return ["lvchange", "-an", "-S", identity]
    case .removeByUUID:
      guard let uuid = facts.mapping.uuid?.description else { throw Refusal(why: "it has no uuid") }
      return ["dmsetup", "remove", "-u", uuid]
    case .removeByName:
      return ["dmsetup", "remove", facts.mapping.name]
    }
  }

  private func undo(_ facts: MappingFacts, _ verb: ProposedStep.Verb) -> [[String]] {
    if verb == .deactivate, let volume = facts.volume {
      let identity = "vg_uuid=\(volume.groupID.grouped) && lv_uuid=\(volume.id.grouped)"
      return [["lvchange", "-ay", "-K", "-S", identity]]
    }
    return [create(facts)]
  }

  private func create(_ facts: MappingFacts) -> [String] {
    let uuid = facts.mapping.uuid.map { ["--uuid", $0.description] } ?? []
    let mode = facts.mapping.attributes.isReadOnly ? ["--readonly"] : []
    return ["dmsetup", "create", facts.mapping.name] + uuid + mode + ["--table", table(facts)]
  }

  /// The live table as dmsetup prints and takes it.
  private func table(_ facts: MappingFacts) -> String {
    let lines = (facts.mapping.table.value ?? []).map { target -> String in
      let line = inventory.snapshot.text(at: target.location, limit: Self.lineLimit)
      // The line begins with the mapping's name and a colon.
      var rest = line.utf8.dropFirst(facts.mapping.name.utf8.count + 2)
      while rest.last == UInt8(ascii: " ") { rest.removeLast() }
      return String(Substring(rest))
    }
    return lines.joined(separator: "\n")
  }

  private func partitionStep(
    _ child: MappingFacts, of parent: MappingFacts, _ verdict: Verdict, _ proposed: ProposedStep
  ) throws(Refusal) -> RemediationStep {
    let phase = proposed.phase
    try checkCharacters(of: child)
    guard !child.isOpen else { throw Refusal(why: "its partition \(child.mapping.name) is open") }
    guard child.partitions.isEmpty else {
      throw Refusal(why: "its partition \(child.mapping.name) has partitions of its own")
    }
    try checkState(of: child)
    try checkPhysicalVolume(
      on: child, called: "its partition \(child.mapping.name)", .removeByUUID)
    guard !child.isReferencedOrMentioned else {
      throw Refusal(why: "a configuration names its partition \(child.mapping.name)")
    }
    return RemediationStep(
      mapping: child.mapping.name, uuid: child.mapping.uuid?.description, rule: .partition,
      phase: phase, argv: try command(child, .removeByUUID), children: [],
      preconditions: mappingPreconditions(child, []) + [namedBy("", parent)],
      undo: [create(child)],
      applicability: phase == 1 ? .automatic : .confirmed)
  }

  private func nodePreconditions() throws(Refusal) -> [Precondition] {
    let manifest = inventory.snapshot.bundle.manifest
    guard let machineID = manifest.node.machineID, let bootID = manifest.node.bootID else {
      throw Refusal(why: "the bundle does not say which machine and boot it is from")
    }
    guard StepCharacters.isNodeName(inventory.nodeName),
      StepCharacters.isHexadecimal(machineID, count: 32),
      StepCharacters.isHexadecimal(bootID, count: 36)
    else { throw Refusal(why: "the bundle's node, machine or boot is not named as Linux does") }
    let end = manifest.collectedAt.secondsSinceEpoch.saturatingAdd(Self.validSeconds)
    return [
      Precondition(.node, inventory.nodeName), Precondition(.machineID, machineID),
      Precondition(.bootID, bootID),
      Precondition(.notAfter, Timestamp(secondsSinceEpoch: end).description),
    ]
  }

  private func mappingPreconditions(
    _ facts: MappingFacts, _ children: [RemediationStep]
  ) -> [Precondition] {
    let attributes = facts.mapping.attributes
    let word =
      (attributes.hasLiveTable ? "L" : "-") + (attributes.hasInactiveTable ? "I" : "-")
      + (attributes.isSuspended ? "s" : "-") + (attributes.isReadOnly ? "r" : "w")
    return [
      Precondition(.uuid, facts.mapping.uuid?.description ?? ""),
      Precondition(.table, table(facts)),
      Precondition(.openCount, "\(facts.ownOpenCount)"), Precondition(.attributes, word),
      Precondition(.holders, children.map(\.mapping).joined(separator: " ")),
    ]
  }

  /// Each guest that the mapping concerns: idle, and its configurations as they were, or still none.
  private func guestPreconditions(_ facts: MappingFacts) throws(Refusal) -> [Precondition] {
    var result: [Precondition] = []
    if facts.mayBeShared {
      let cluster = inventory.snapshot.membership.value?.cluster
      result.append(Precondition(.quorate, cluster == nil ? "alone" : "1"))
    }
    for guest in inventory.guestsConcerned(by: facts).sorted() {
      result.append(Precondition(.guestIdle, guest.description))
      let configurations = inventory.configurations[guest]
      if configurations.isEmpty {
        result.append(Precondition(.noConfiguration, guest.description))
      }
      for configuration in configurations {
        guard let digest = configuration.liveDigest?.description else {
          throw Refusal(
            why: "the bundle has no digest of guest \(guest)'s live configuration to prove again")
        }
        guard StepCharacters.isNodeName(configuration.node),
          StepCharacters.isHexadecimal(digest, count: 64)
        else {
          throw Refusal(why: "the place of guest \(guest)'s configuration is not one of PVE's")
        }
        let folder = configuration.kind == .virtualMachine ? "qemu-server" : "lxc"
        result.append(
          Precondition(.liveDigest, "\(configuration.node)/\(folder)/\(guest).conf \(digest)"))
      }
    }
    let volume = facts.volume?.name ?? facts.path?.volume ?? ""
    return result + [namedBy(volume, facts)]
      + facts.storages.filter { StepCharacters.isVolumeName($0.id) }
      .map { Precondition(.attachedAs, "\($0.id):\(volume)") }
  }

  private func namedBy(_ volume: String, _ facts: MappingFacts) -> Precondition {
    let guests = inventory.guestsConcerned(by: facts).sorted().map(\.description)
    return Precondition(.namedBy, ([volume] + guests).joined(separator: " "))
  }

  private func volumePreconditions(
    _ facts: MappingFacts, _ verb: ProposedStep.Verb
  ) throws(Refusal) -> [Precondition] {
    switch facts.standing {
    case .known(let volume, let group):
      var result = [
        Precondition(
          .volume, "present \(volume.groupID.grouped) \(volume.id.grouped) \(volume.name)"),
        Precondition(.group, group.name),
      ]
      let extents = extents(of: volume)
      if verb == .deactivate, let extents { result.append(Precondition(.extents, extents)) }
      let isAgreed =
        switch facts.comparison {
        case .agrees, .notCompared: true
        case .lengthDiffers, .extentsDiffer: false
        }
      if !isAgreed || extents == nil {
        result.append(Precondition(.groupSequence, "\(group.sequenceNumber)"))
      }
      return result
    case .ghost(let group):
      guard let identity = facts.mapping.uuid?.publicVolume else { return [] }
      let absent = Precondition(
        .volume, "absent \(identity.group.grouped) \(identity.volume.grouped)")
      let named = Precondition(.group, group.name)
      guard let namesake = facts.namesake else { return [absent, named] }
      guard namesake.groupID == identity.group else {
        throw Refusal(why: "the volume that has its name is in another group called alike")
      }
      return [absent, named, Precondition(.namesake, "\(namesake.id.grouped) \(namesake.name)")]
    case .groupAbsent, .unreadable, .notLVM: return []
    }
  }

  /// Where LVM says that a volume lies; nil for what no command should meet, or has too many parts.
  private func extents(of volume: LogicalVolume) -> String? {
    let parts = volume.segments.map { segment in
      let places =
        segment.ranges.isEmpty
        ? segment.thinID.map { "thin:\($0)" } ?? ""
        : segment.ranges.map { "\($0.device):\($0.firstExtent)-\($0.lastExtent)" }
          .joined(separator: ",")
      return "\(segment.startExtent)+\(segment.extentCount)@\(places)"
    }
    let text = parts.joined(separator: ";")
    return text.utf8.count <= Self.extentsLimit && StepCharacters.isExtents(text) ? text : nil
  }

  /// The physical volume that ``checkPhysicalVolume(on:called:_:)`` lets pass, by its group.
  private func diskPreconditions(_ facts: MappingFacts) -> [Precondition] {
    (inventory.snapshot.lvm.physicalVolumes.value ?? [])
      .filter { $0.device == facts.mapping.device && StepCharacters.isVolumeName($0.groupName) }
      .prefix(1).map { Precondition(.physicalVolume, $0.groupName) }
  }
}
