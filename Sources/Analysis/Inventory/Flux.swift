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
          changedMappings = Self.changes(from: first, to: second)
          var known = ReadingPairing(first) { $0.name }
          newMappings = second.filter { known.element(named: $0.name) == nil }
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
      let states = Self.runningGuests
      let (before, after) = (states(snapshot.first), states(snapshot.second))
      if let before {
        if let after {
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

  private static func runningGuests(_ reading: NodeSnapshot.Reading) -> Set<GuestID>? {
    guard let machines = reading.machines.value, let containers = reading.containers.value else {
      return nil
    }
    return Set(machines.compactMap(\.id)).union(containers.map(\.id))
  }

  private static func changes(from first: [Mapping], to second: [Mapping]) -> [String: String] {
    var later = ReadingPairing(second) { $0.name }
    var changes: [String: String] = [:]
    for mapping in first {
      guard let after = later.element(named: mapping.name) else {
        changes[mapping.name] = "it was gone"
        continue
      }
      if mapping.uuid != after.uuid {
        changes[mapping.name] = "its uuid was another"
      } else if mapping.device != after.device {
        changes[mapping.name] = "it had been made anew"
      } else if mapping.openCount != after.openCount {
        changes[mapping.name] =
          "its open count went from \(mapping.openCount) to \(after.openCount)"
      } else if mapping.attributes != after.attributes {
        changes[mapping.name] = "its state was another"
      } else if !hasSameTable(mapping, after) {
        changes[mapping.name] = "its table was another"
      }
    }
    return changes
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
    for configuration in first {
      guard let later = after.element(named: configuration.path) else {
        changes[configuration.id] = "its configuration was gone from \(configuration.node)"
        continue
      }
      if later !== configuration, content(configuration) != content(later) {
        changes[configuration.id] = "its configuration was changed"
      }
    }
    var before = ReadingPairing(first) { $0.path }
    for configuration in second where before.element(named: configuration.path) == nil {
      changes[configuration.id] = "its configuration had come to \(configuration.node)"
    }
  }
}
