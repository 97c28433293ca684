import BundleFormat
import NodeState

/// A configured disk that has no mapping or no volume here.
public struct MissingDisk: Sendable {
  public let guest: GuestID
  public let slot: String
  public let volume: String
  /// The name that the mapping would have.
  public let mapping: String
  public let rule: Rule
  public let severity: Severity
  public let why: String
  public let evidence: [Evidence]

  /// What a finding about it is named after.
  public var subject: String { "\(guest)/\(slot)\(isOneOfSeveral ? " \(volume)" : "")" }
  /// Whether the slot has several volumes of which the rule says so.
  var isOneOfSeveral = false
}

extension [MissingDisk] {
  /// Tells apart those that a rule says of one slot; they follow each other.
  mutating func tellApart() {
    for (before, index) in zip(indices, indices.dropFirst())
    where self[before].guest == self[index].guest && self[before].slot == self[index].slot
      && self[before].rule === self[index].rule
    {
      self[before].isOneOfSeveral = true
      self[index].isOneOfSeveral = true
    }
  }
}

extension Inventory {
  /// Compares this node's configurations with its mappings and with LVM's metadata.
  ///
  /// Nothing is said while the inventory or the mappings are not known.
  func missingDisks() -> [MissingDisk] {
    guard distrust == nil, snapshot.areMappingsRead else { return [] }
    let settled = settledReferences()
    // What the second reading has came meanwhile: it is no missing mapping.
    let newNames = Set(flux.newMappings.map(\.name))
    // Of two groups of one name nobody can say which one the storage means.
    let groupsByName = Dictionary(grouping: (groups ?? [:]).values, by: \.group.name)
      .compactMapValues { $0.count == 1 ? $0[0] : nil }
    let storagesByID = Dictionary(
      storages.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let renamed = Set(
      mappings.lazy.filter { $0.traits.contains(.otherName) }.compactMap(\.volume?.identity))
    var missing: [MissingDisk] = []
    var next = 0
    for configuration in snapshot.first.configurations.value ?? [] {
      let numbers = next..<(next + configuration.references.count)
      next = numbers.upperBound
      guard configuration.node == nodeName, !configuration.hasMovingVolumes else { continue }
      for number in numbers where !settled[number] {
        let reference = configuration.references[number - numbers.lowerBound]
        guard case .volume(let id) = reference.target,
          let storage = storagesByID[id.storage],
          let group = storage.volumeGroup, !storage.isDisabled,
          storage.isOf(node: nodeName)
        else { continue }
        let name = MappingName(group: group, volume: id.volume).description
        if let row = missingDisk(
          reference, of: configuration, volume: id, mapping: name, in: group,
          isNamed: facts(named: name) != nil || newNames.contains(name), renamed: renamed,
          trust: groupsByName[group])
        {
          missing.append(row)
        }
      }
    }
    missing = withoutKernelMappings(missing).sorted {
      ($0.guest, $0.slot, $0.volume) < ($1.guest, $1.slot, $1.volume)
    }
    missing.tellApart()
    return missing
  }

  /// Tells of each reference by its number whether LVM's volume and its mapping are there under the name
  /// that the reference leads to: of nearly all, and then nothing more is asked.
  private func settledReferences() -> [Bool] {
    var settled = Array(repeating: false, count: references.count)
    for facts in mappings
    where facts.hasPlainName && facts.isConfirmed && facts.volume?.isInternal == false {
      for reference in facts.references where reference.storage != nil && reference.snapshot == nil
      {
        settled[Int(reference.number)] = true
      }
    }
    return settled
  }

  private func facts(named name: String) -> MappingFacts? {
    var (start, end) = (0, mappings.count)
    while start < end {
      let middle = start + (end - start) / 2
      if mappings[middle].mapping.name < name { start = middle + 1 } else { end = middle }
    }
    guard start < mappings.count, mappings[start].mapping.name == name else { return nil }
    return mappings[start]
  }

  private func missingDisk(
    _ reference: VolumeReference, of configuration: GuestConfiguration, volume: VolumeID,
    mapping: String, in group: String, isNamed: Bool, renamed: Set<VolumeIdentity>,
    trust: GroupTrust?
  ) -> MissingDisk? {
    func row(_ rule: Rule, _ severity: Severity, _ why: String) -> MissingDisk {
      MissingDisk(
        guest: configuration.id, slot: slotName(of: reference), volume: volume.description,
        mapping: mapping, rule: rule, severity: severity, why: why,
        evidence: [Evidence(reference.location, from: .guestConfigs)])
    }
    if case .trusted(let group)? = trust, volumes[mapping] == nil,
      flux.changedGuests[configuration.id] == nil,
      !flux.tasks.contains(where: { $0.guestID == configuration.id })
    {
      let isDisk = reference.isAttached && !volume.volume.contains("cloudinit")
      return row(
        .missingVolume, isDisk ? .critical : .notice,
        "\(slotName(of: reference)) of guest \(configuration.id) names \(volume), and the group "
          + "\(group.name), read in full, has no such volume.")
    }
    guard reference.isAttached else { return nil }
    if guests.hasProcess(configuration.id) {
      var isMapped = isNamed
      if trust != nil, let living = volumes[mapping] {
        // A leftover of the name is no mapping of the volume, and a mapping by its old name is one. Of an
        // open leftover `recreated-volume` says that the guest runs on it.
        let isLeftover =
          facts(named: mapping).map {
            !$0.isOpen && $0.mapping.uuid?.publicVolume != living.identity
          } ?? false
        isMapped = isNamed && !isLeftover || renamed.contains(living.identity)
      }
      guard !isMapped, guests.runs(configuration.id),
        !holds(volume, in: group, byAnotherPathThan: mapping, configuration.id)
      else { return nil }
      return row(
        .missingMapping, .warning,
        "Guest \(configuration.id) runs here and has \(volume) attached as \(reference.slot), but no "
          + "mapping of it exists.")
    }
    if isNamed { return nil }
    return row(
      .inactiveDisk, .info,
      "Guest \(configuration.id) does not run; its disk \(volume) is mapped when it starts.")
  }

  /// Leaves out the missing mappings that the kernel itself had when it was asked (sysfs-dm).
  private func withoutKernelMappings(_ missing: [MissingDisk]) -> [MissingDisk] {
    let isMapping = { (row: MissingDisk) in row.rule.name == Rule.missingMapping.name }
    let names = Set(missing.lazy.filter(isMapping).map(\.mapping))
    if names.isEmpty { return missing }
    let known = Set((snapshot.readKernelMappings(named: names) ?? []).map(\.name))
    // One that dmsetup has, too, was looked at, and is another volume's.
    return missing.filter {
      !isMapping($0) || !known.contains($0.mapping) || facts(named: $0.mapping) != nil
    }
  }

  private func slotName(of reference: VolumeReference) -> String {
    switch reference.section {
    case .main, .fleecing: reference.slot
    case .pending: "\(reference.slot) (pending)"
    case .snapshot(let name): "\(reference.slot) (snapshot \(name))"
    }
  }

  /// Whether the guest's process has the volume by a path that no mapping of it needs, as a DRBD device's.
  ///
  /// Its own paths stand on the command line of every guest that was started with it, mapped or not.
  private func holds(
    _ volume: VolumeID, in group: String, byAnotherPathThan mapping: String, _ guest: GuestID
  ) -> Bool {
    let own = ["/dev/\(group)/\(volume.volume)", "/dev/mapper/\(mapping)"]
    return guests.devicePaths(of: guest).contains {
      ($0.hasSuffix("/\(volume.volume)") || $0.hasSuffix("/\(mapping)")) && !own.contains($0)
    }
  }
}

extension GuestConfiguration {
  /// Whether PVE has locked the guest for an operation under which its volumes come and go.
  ///
  /// A suspended guest is at rest, and a backup leaves its disks where they are.
  fileprivate var hasMovingVolumes: Bool {
    guard let lock else { return false }
    return !["suspended", "backup", "mounted", "fstrim"].contains(lock)
  }
}
