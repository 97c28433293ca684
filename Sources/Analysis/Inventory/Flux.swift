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
  /// What is missing to say what was moving; empty when everything needed was read.
  public let gaps: [Gap]

  init(_ snapshot: NodeSnapshot) {
    var gaps: [Gap] = []
    let bundle = snapshot.bundle
    let hasSecondReading =
      bundle.entries.contains { $0.result.reading == 2 }
      || bundle.manifest.entries.contains { $0.path.hasPrefix("second/") }

    var changedMappings: [String: String] = [:]
    var newMappings: [Mapping] = []
    if let first = snapshot.first.mappings.value, hasSecondReading {
      if let second = snapshot.second.mappings.value {
        if !Self.isSame(.dmsetupInfo, in: bundle) || !Self.isSame(.dmsetupTable, in: bundle) {
          let lacksTables =
            !second.isEmpty && second.allSatisfy(\.table.isUnavailable)
            && !first.allSatisfy(\.table.isUnavailable)
          if lacksTables {
            gaps.append(
              Gap(source: .dmsetupTable, reason: "the second reading of the tables is missing"))
          }
          (changedMappings, newMappings) = Self.changes(
            from: first, to: second, comparingTables: !lacksTables)
        }
      } else {
        gaps.append(
          Gap(
            source: snapshot.second.mappings.gap?.source ?? .dmsetupInfo,
            reason: "the second reading of the mappings is missing"))
      }
    }

    var changedGuests: [GuestID: String] = [:]
    if hasSecondReading {
      if let first = snapshot.first.configurations.value {
        if let second = snapshot.second.configurations.value {
          Self.addChanges(from: first, to: second, in: bundle, to: &changedGuests)
        } else {
          gaps.append(
            Gap(
              source: .guestConfigs,
              reason: "the second reading of the guests' configurations is missing"))
        }
        // What it names may have come since the first reading, or have been there all the time.
        if let unread = snapshot.second.unreadConfigurations.first {
          gaps.append(
            Gap(
              source: .guestConfigs,
              reason: "\(unread.path) could not be read again: \(unread.reason)"))
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
          gaps.append(
            Gap(
              source: snapshot.second.machines.gap?.source ?? .containerSockets,
              reason: "the second reading of the running guests is missing"))
        }
      }
    }

    if snapshot.tasks.value == nil || InventoryTrust.isUnread(.tasksActive, in: bundle)
      || bundle.entry(of: .tasksActive, reading: 2).map(InventoryTrust.isUnread)
        ?? bundle.isReadTwice(.tasksActive)
      || snapshot.sources.contains(where: { $0.id == .tasksActive && $0.status == .broken })
    {
      gaps.append(Gap(source: .tasksActive, reason: "the list of running tasks is missing"))
    }
    self.changedMappings = changedMappings
    self.newMappings = newMappings
    self.changedGuests = changedGuests
    tasks = (snapshot.tasks.value ?? []).filter(\.isRunning)
    self.gaps = gaps
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
    from first: [Mapping], to second: [Mapping], comparingTables: Bool
  ) -> (changes: [String: String], new: [Mapping]) {
    // Names are there once in a reading, so only what is left can have those that are left.
    let (gone, come) = first.differences(from: second)
    var changes: [String: String] = [:]
    var later = ReadingPairing(come) { $0.name }
    for mapping in gone {
      if let after = later.element(named: mapping.name) {
        changes[mapping.name] = change(of: mapping, to: after, comparingTables)
      } else {
        changes[mapping.name] = "it was gone"
      }
    }
    var known = ReadingPairing(gone) { $0.name }
    return (changes, come.filter { known.element(named: $0.name) == nil })
  }

  /// What differs; nil where nothing does.
  private static func change(
    of mapping: Mapping, to after: Mapping, _ comparingTables: Bool
  ) -> String? {
    if mapping.uuid != after.uuid { return "its uuid was another" }
    if mapping.device != after.device { return "it had been made anew" }
    if mapping.openCount != after.openCount {
      return "its open count went from \(mapping.openCount) to \(after.openCount)"
    }
    if mapping.attributes != after.attributes { return "its state was another" }
    return !comparingTables || hasSameTable(mapping, after) ? nil : "its table was another"
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
    func content(_ configuration: GuestConfiguration) -> [WrittenDigest?] {
      let position = Int(configuration.location.entry)
      guard bundle.entries.indices.contains(position) else { return [] }
      let result = bundle.entries[position].result
      return [result.liveDigest, result.sha256]
    }
    // The path says whose configuration it is, of which kind and on which node.
    let (gone, come) = first.differences(from: second)
    var after = ReadingPairing(come) { $0.path }
    for configuration in gone {
      guard let later = after.element(named: configuration.path) else {
        changes[configuration.id] = "its configuration was gone from \(configuration.node)"
        continue
      }
      if content(configuration) != content(later) {
        changes[configuration.id] = "its configuration was changed"
      }
    }
    var before = ReadingPairing(gone) { $0.path }
    for configuration in come where before.element(named: configuration.path) == nil {
      changes[configuration.id] = "its configuration had come to \(configuration.node)"
    }
  }
}
