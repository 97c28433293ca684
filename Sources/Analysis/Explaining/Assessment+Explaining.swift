import BundleFormat
import NodeState

extension Assessment {
  /// Explains what a text names: a mapping, a guest's number, perhaps with a slot, a volume as
  /// `STORAGE:NAME` or `VG/LV`.
  ///
  /// Nil when the node knows no such thing; ``names(near:)`` may know what was meant.
  public func explanation(of text: String) -> Explanation? {
    let word = text.hasPrefix("/dev/mapper/") ? String(text.dropFirst(12)) : text
    if let position = mappingPosition(word) { return .mapping(mappingExplanation(at: position)) }
    if let guest = GuestID(word) { return guestExplanation(guest).map(Explanation.guest) }
    if let volume = volumePath(text).flatMap(volumeExplanation) { return .volume(volume) }
    // A finding's subject, as of missing-volume: 100/scsi0.
    return word.split(separator: "/").first.flatMap { GuestID(String($0)) }
      .flatMap(guestExplanation).map(Explanation.guest)
  }

  /// Names of things that the node knows and that resemble the text, the nearest first.
  public func names(near text: String) -> [String] {
    var names = inventory.mappings.map(\.mapping.name)
    names += inventory.mappings.compactMap { $0.path.map { "\($0.group)/\($0.volume)" } }
    names += inventory.configurations.all.map(\.id.description)
    names += inventory.mappings.compactMap { $0.guestName?.guest.description }
    for configuration in inventory.configurations.all {
      for reference in configuration.references {
        if case .volume(let id) = reference.target { names.append(id.description) }
      }
    }
    return NearNames.suggestions(for: text, among: names)
  }

  private func mappingPosition(_ word: String) -> Int? {
    if let device = DeviceNumber(word), let position = inventory.positions[device] {
      return position
    }
    return inventory.mappings.firstIndex {
      $0.mapping.name == word || $0.mapping.uuid?.description == word
    }
  }

  /// Explains the mapping at a position of ``Inventory/mappings``.
  public func mappingExplanation(at position: Int) -> MappingExplanation {
    mappingExplanation(at: position, SaidOfMappings(self))
  }

  private func mappingExplanation(
    at position: Int, _ said: SaidOfMappings
  ) -> MappingExplanation {
    let facts = inventory.mappings[position]
    let path = Judge(inventory: inventory).path(on: facts)
    return MappingExplanation(
      facts: facts, owner: inventory.owner(of: facts), path: path,
      findings: said.findings(about: facts.mapping.name),
      doubts: doubts(about: path, of: facts), step: stepStanding(at: position, said))
  }

  private func mappingExplanations(at positions: [Int]) -> [MappingExplanation] {
    let said = SaidOfMappings(self)
    return positions.map { mappingExplanation(at: $0, said) }
  }
}

extension Assessment {
  /// Reads `STORAGE:NAME`, `VG/LV` and `/dev/VG/LV`; nil for any other text or an unknown storage.
  private func volumePath(_ text: String) -> VolumePath? {
    if let id = VolumeID(Substring(text)) {
      guard let storage = inventory.storages.first(where: { $0.id == id.storage }) else {
        return nil
      }
      return storage.volumeGroup.map { VolumePath(group: $0, volume: id.volume) }
    }
    let rest = text.hasPrefix("/dev/") ? text.dropFirst(5) : text[...]
    let parts = rest.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
    return VolumePath(group: String(parts[0]), volume: String(parts[1]))
  }

  private func volumeExplanation(_ path: VolumePath) -> VolumeExplanation? {
    let name = MappingName(group: path.group, volume: path.volume).description
    let volumes = (snapshot.lvm.volumes.value ?? []).filter {
      $0.groupName == path.group && $0.name == path.volume
    }
    let references = inventory.references.references(to: path)
    let positions = inventory.mappings.indices.filter {
      inventory.mappings[$0].path == path || inventory.mappings[$0].mapping.name == name
    }
    guard !volumes.isEmpty || !references.isEmpty || !positions.isEmpty else { return nil }
    return VolumeExplanation(
      path: path, volumes: volumes, distrust: distrust(ofGroup: path.group), references: references,
      missing: missing.filter { $0.mapping == name },
      mappings: mappingExplanations(at: positions))
  }

  /// Why a group's metadata proves nothing; nil where it does.
  private func distrust(ofGroup name: String) -> String? {
    guard let groups = inventory.groups else { return "LVM's metadata could not be read" }
    let named = groups.values.filter { $0.group.name == name }
    if named.isEmpty { return "no group of this name was read" }
    for case .untrusted(let reason, _) in named { return reason }
    return nil
  }
}

extension Assessment {
  private func guestExplanation(_ id: GuestID) -> GuestExplanation? {
    let configurations = inventory.configurations[id].sorted { $0.node < $1.node }
    let lines = LinesOfGuest(id, inventory, missing)
    var claimed: Set<Int> = []
    let explained = configurations.map { configuration in
      GuestExplanation.Configuration(
        configuration: configuration, state: inventory.state(of: configuration),
        disks: configuration.references.map { disk($0, of: configuration, lines, &claimed) })
    }
    let others = inventory.mappings.indices.filter {
      inventory.mappings[$0].guestName?.guest == id && !claimed.contains($0)
    }
    let isKnown =
      !configurations.isEmpty || !others.isEmpty || inventory.guests.hasProcess(id)
      || snapshot.guestList.value?.guests.contains { $0.id == id } == true
    guard isKnown else { return nil }
    return GuestExplanation(
      id: id, configurations: explained, runningEvidence: inventory.guests.running[id],
      isUncertain: inventory.guests.uncertain.contains(id), distrust: inventory.distrust,
      otherMappings: others.map(summary),
      mappings: mappingExplanations(at: claimed.union(others).sorted()))
  }

  /// What the lines of one guest's configurations are about.
  private struct LinesOfGuest {
    var mappings: [Line: [Int]] = [:]
    var missing: [SourceLocation: [MissingDisk]] = [:]

    struct Line: Hashable {
      let path: String
      let location: SourceLocation
    }

    init(_ guest: GuestID, _ inventory: Inventory, _ rows: [MissingDisk]) {
      for (position, facts) in inventory.mappings.enumerated() {
        let lines = facts.references.filter { $0.configuration.id == guest }
          .map { Line(path: $0.configuration.path, location: $0.reference.location) }
        for line in Set(lines) { mappings[line, default: []].append(position) }
      }
      for row in rows {
        for location in Set(row.evidence.compactMap(\.location)) {
          missing[location, default: []].append(row)
        }
      }
    }
  }

  private func disk(
    _ reference: VolumeReference, of configuration: GuestConfiguration, _ lines: LinesOfGuest,
    _ claimed: inout Set<Int>
  ) -> GuestExplanation.Disk {
    let line = LinesOfGuest.Line(path: configuration.path, location: reference.location)
    let positions = lines.mappings[line] ?? []
    claimed.formUnion(positions)
    let rows = lines.missing[reference.location] ?? []
    let outside = positions.isEmpty && rows.isEmpty ? whyOutside(reference, configuration) : nil
    return GuestExplanation.Disk(
      reference: reference, mappings: positions.map(summary), missing: rows, outside: outside)
  }

  /// Why no mapping of a disk is looked for on this node.
  private func whyOutside(
    _ reference: VolumeReference, _ configuration: GuestConfiguration
  ) -> String {
    guard case .volume(let id) = reference.target else { return "a path, not a volume" }
    guard snapshot.storages.value != nil else {
      return "not known where it lies: storage.cfg could not be read"
    }
    guard let storage = inventory.storages.first(where: { $0.id == id.storage }) else {
      return "storage.cfg has no storage \(id.storage)"
    }
    guard storage.volumeGroup != nil else {
      return "the storage \(storage.id) is of type \(storage.type): no device mapper"
    }
    if configuration.node != inventory.nodeName {
      return "not mapped here: the guest is \(configuration.node)'s"
    }
    guard snapshot.areMappingsRead else {
      return "not known whether it is mapped: mappings could not be read"
    }
    return areConfigurationsKnown
      ? "not mapped, and nothing is amiss" : "not mapped; whether it should be is not known"
  }

  private func summary(_ position: Int) -> GuestExplanation.MappingSummary {
    GuestExplanation.MappingSummary(
      facts: inventory.mappings[position], verdict: verdicts[position])
  }
}
