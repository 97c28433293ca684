import BundleFormat
import NodeState

/// What was moving while the node was read: what changed between the readings, and what runs.
public struct Flux: Sendable {
  /// Mappings that differ between the readings, by name, with what differs.
  public let changedMappings: [String: String]
  /// Mappings that only the second reading has.
  public let newMappings: [Mapping]
  /// Guests whose configuration or state differs between the readings.
  public let changedGuests: [GuestID: String]
  /// Tasks that were running.
  public let tasks: [ActiveTask]
  /// Why nobody can say what was moving; nil when everything needed was read.
  public let doubt: String?

  init(_ snapshot: NodeSnapshot) {
    var doubts: [String] = []
    let bundle = snapshot.bundle
    let hasSecondReading =
      bundle.entries.contains { $0.result.reading == 2 }
      || bundle.manifest.entries.contains { $0.path.hasPrefix("second/") }

    var changedMappings: [String: String] = [:]
    var newMappings: [Mapping] = []
    if let first = snapshot.first.mappings.value, hasSecondReading {
      if let second = snapshot.second.mappings.value {
        if !Self.isSame(.dmsetupInfo, in: bundle) || !Self.isSame(.dmsetupTable, in: bundle) {
          (changedMappings, newMappings) = Self.changes(from: first, to: second, in: bundle)
        }
      } else {
        doubts.append("the second reading of the mappings is missing")
      }
    }

    var changedGuests: [GuestID: String] = [:]
    if hasSecondReading {
      if let first = snapshot.first.configurations.value {
        if let second = snapshot.second.configurations.value {
          Self.addChanges(from: first, to: second, in: bundle, to: &changedGuests)
        } else {
          doubts.append("the second reading of the guests' configurations is missing")
        }
      }
      if Self.knowsRunningGuests(snapshot.first) {
        if Self.knowsRunningGuests(snapshot.second) {
          let isSame =
            Self.isSame(.qemuProcesses, in: bundle) && Self.isSame(.containerSockets, in: bundle)
          let before = isSame ? [] : Self.runningGuests(snapshot.first)
          let after = isSame ? [] : Self.runningGuests(snapshot.second)
          for guest in before.symmetricDifference(after) {
            changedGuests[guest] = before.contains(guest) ? "it stopped" : "it started"
          }
        } else {
          doubts.append("the second reading of the running guests is missing")
        }
      }
    }

    if snapshot.tasks.value == nil || InventoryTrust.isUnread(.tasksActive, in: bundle)
      || bundle.entry(of: .tasksActive, reading: 2).map(InventoryTrust.isUnread) == true
      || snapshot.sources.contains(where: { $0.id == .tasksActive && $0.status == .broken })
    {
      doubts.append("the list of running tasks is missing")
    }
    self.changedMappings = changedMappings
    self.newMappings = newMappings
    self.changedGuests = changedGuests
    tasks = (snapshot.tasks.value ?? []).filter(\.isRunning)
    doubt = doubts.isEmpty ? nil : doubts.joined(separator: "; ")
  }

  /// Whether both readings of a source are the same bytes.
  private static func isSame(_ source: SourceID, in bundle: NodeBundle) -> Bool {
    guard let first = bundle.entry(of: source, reading: 1)?.content,
      let second = bundle.entry(of: source, reading: 2)?.content
    else { return false }
    return first == second
  }

  private static func knowsRunningGuests(_ reading: NodeSnapshot.Reading) -> Bool {
    !reading.machines.isUnavailable && !reading.containers.isUnavailable
  }

  private static func runningGuests(_ reading: NodeSnapshot.Reading) -> Set<GuestID> {
    Set((reading.machines.value ?? []).compactMap(\.id))
      .union((reading.containers.value ?? []).map(\.id))
  }

  /// What differs of the first reading's mappings, by name, and those that only the second one has.
  private static func changes(
    from first: [Mapping], to second: [Mapping], in bundle: NodeBundle
  ) -> (changes: [String: String], new: [Mapping]) {
    let rows = RepeatedLines(of: .dmsetupInfo, in: bundle)
    let tables = RepeatedLines(of: .dmsetupTable, in: bundle)
    var later = ReadingPairing(second) { $0.name }
    var changes: [String: String] = [:]
    var isKnown = Array(repeating: false, count: second.count)
    var next = 0
    for mapping in first {
      let found: Int
      // Most lines are the same, and stand where the first reading has them.
      let isSameRow =
        next < second.count && rows.areSame(mapping.location, second[next].location)
      if isSameRow {
        found = next
      } else if let position = later.position(named: mapping.name) {
        found = position
      } else {
        changes[mapping.name] = "it was gone"
        continue
      }
      isKnown[found] = true
      next = found + 1
      let after = second[found]
      let change = isSameRow ? nil : change(of: mapping, to: after)
      if let change {
        changes[mapping.name] = change
      } else if !hasSameLines(mapping, after, tables), !hasSameTable(mapping, after) {
        changes[mapping.name] = "its table was another"
      }
    }
    var known = ReadingPairing(first) { $0.name }
    let new = second.indices.filter {
      !isKnown[$0] && known.position(named: second[$0].name) == nil
    }
    return (changes, new.map { second[$0] })
  }

  /// What differs but the table; nil where nothing does.
  private static func change(of mapping: Mapping, to after: Mapping) -> String? {
    if mapping.uuid != after.uuid { return "its uuid was another" }
    if mapping.device != after.device { return "it had been made anew" }
    if mapping.openCount != after.openCount {
      return "its open count went from \(mapping.openCount) to \(after.openCount)"
    }
    return mapping.attributes != after.attributes ? "its state was another" : nil
  }

  /// Whether the tables' lines are the same bytes.
  private static func hasSameLines(
    _ mapping: Mapping, _ other: Mapping, _ lines: RepeatedLines
  ) -> Bool {
    guard let mine = mapping.table.value, let others = other.table.value,
      mine.count == others.count
    else { return false }
    return mine.indices.allSatisfy { lines.areSame(mine[$0].location, others[$0].location) }
  }

  private static func hasSameTable(_ mapping: Mapping, _ other: Mapping) -> Bool {
    guard let mine = mapping.table.value, let others = other.table.value else {
      return mapping.table.value == nil && other.table.value == nil
    }
    return mine.count == others.count
      && zip(mine, others).allSatisfy { $0.kind == $1.kind && $0.sectorCount == $1.sectorCount }
  }

  private static func addChanges(
    from first: [GuestConfiguration], to second: [GuestConfiguration], in bundle: NodeBundle,
    to changes: inout [GuestID: String]
  ) {
    // What redaction hides, the live file's digest tells; what the digest leaves out, the bytes.
    func content(_ configuration: GuestConfiguration) -> [String?] {
      let position = Int(configuration.location.entry)
      guard bundle.entries.indices.contains(position) else { return [] }
      let result = bundle.entries[position].result
      return [result.liveDigest, result.sha256]
    }
    // The path says whose configuration it is, of which kind and on which node.
    var after = ReadingPairing(second) { $0.path }
    for (index, configuration) in first.enumerated() {
      // A file that is still the same is one object.
      if index < second.count, second[index] === configuration { continue }
      guard let later = after.element(named: configuration.path) else {
        changes[configuration.id] = "its configuration was gone from \(configuration.node)"
        continue
      }
      if later !== configuration, content(configuration) != content(later) {
        changes[configuration.id] = "its configuration was changed"
      }
    }
    var before = ReadingPairing(first) { $0.path }
    for (index, configuration) in second.enumerated() {
      if index < first.count, first[index] === configuration { continue }
      if before.element(named: configuration.path) == nil {
        changes[configuration.id] = "its configuration had come to \(configuration.node)"
      }
    }
  }
}
