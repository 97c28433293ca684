import Analysis
import BundleFormat
import NodeState

/// Every guest that a configuration or a mapping names, with its disks, in the order of their numbers.
struct GuestRoster {
  let guests: [Guest]

  struct Guest {
    let id: GuestID
    let anchor: String
    /// Nil for a guest that only mappings are named after.
    let configuration: GuestConfiguration?
    let state: MappingOwner.State
    let disks: [Disk]
    /// Positions of mappings named after the guest that none of its disk lines names.
    let others: [Int]
    /// The worst of what was found about its disks; nil when nothing was.
    let severity: Severity?
    /// Whether a disk of it could not be judged.
    let isUnknown: Bool

    /// Whether somebody should look at it.
    var isTroubled: Bool { severity != nil || isUnknown }

    /// Positions of all its mappings, each once, in the order of its lines.
    var mappings: [Int] {
      var seen: Set<Int> = []
      return (disks.flatMap(\.mappings) + others).filter { seen.insert($0).inserted }
    }
  }

  /// One line of a configuration that names a volume.
  struct Disk {
    let reference: VolumeReference
    let mappings: [Int]
    let missing: MissingDisk?
  }

  init(_ assessment: Assessment, owners: [MappingOwner?], anchors: inout AnchorNames) {
    let inventory = assessment.inventory
    let configurations = inventory.snapshot.first.configurations.value ?? []
    let missing = Dictionary(
      assessment.missing.compactMap { row in
        row.evidence.first?.location.map { (Place($0), row) }
      }, uniquingKeysWith: { one, _ in one })
    var mappingsByLine: [Place: [Int]] = [:]
    mappingsByLine.reserveCapacity(inventory.mappings.count)
    for (position, facts) in inventory.mappings.enumerated() {
      for resolved in facts.references {
        mappingsByLine[Place(resolved.reference.location), default: []].append(position)
      }
    }
    var unnamed: [GuestID: [Int]] = [:]
    for (position, owner) in owners.enumerated() {
      guard let owner, inventory.mappings[position].references.isEmpty else { continue }
      unnamed[owner.guest, default: []].append(position)
    }
    // Without them nobody looked whether a disk lacks its mapping.
    let isKnown = assessment.snapshot.areMappingsRead && assessment.areConfigurationsKnown
    var guests: [Guest] = []
    func add(
      _ id: GuestID, _ configuration: GuestConfiguration?, _ disks: [Disk], _ others: [Int]
    ) {
      let verdicts = (disks.flatMap(\.mappings) + others).map { assessment.verdicts[$0] }
      var severity = verdicts.map(\.severity).max() ?? .info
      for disk in disks { severity = max(severity, disk.missing?.severity ?? .info) }
      let state =
        configuration.map(inventory.state)
        ?? others.first.flatMap { owners[$0]?.state } ?? .unknown
      guests.append(
        Guest(
          id: id, anchor: anchors.add("guest-\(id)"), configuration: configuration, state: state,
          disks: disks, others: others, severity: severity > .info ? severity : nil,
          isUnknown: verdicts.contains { $0.classification == .unknown }
            || !isKnown && configuration?.node == inventory.nodeName && !disks.isEmpty))
    }
    for configuration in configurations.sorted(by: { ($0.id, $0.node) < ($1.id, $1.node) }) {
      let disks = configuration.references.filter { !$0.isCDROM }.map {
        let place = Place($0.location)
        return Disk(
          reference: $0, mappings: mappingsByLine[place] ?? [], missing: missing[place])
      }
      add(
        configuration.id, configuration, disks, unnamed.removeValue(forKey: configuration.id) ?? [])
    }
    for (id, positions) in unnamed.sorted(by: { $0.key < $1.key }) { add(id, nil, [], positions) }
    self.guests = guests.sorted { $0.id < $1.id }
  }

  /// A line of the bundle.
  private struct Place: Hashable {
    let entry: Int32
    let line: Int32

    init(_ location: SourceLocation) { (entry, line) = (location.entry, location.line) }
  }
}

extension MappingOwner.State {
  /// The state in a word, with what makes it so.
  var words: String {
    switch self {
    case .running: "running"
    case .stopped: "stopped"
    case .absent: "no configuration"
    case .unknown: "not known here"
    }
  }
}
