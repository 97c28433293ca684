import BundleFormat
import NodeState

/// The predecessor's rules, one by one.
struct PredecessorJudge {
  private let input: PredecessorInput
  private let machines: Set<String>
  private let configured: [PredecessorEntry: SourceLocation]

  init(_ input: PredecessorInput) {
    self.input = input
    machines = Set(input.machines)
    configured = Dictionary(
      input.disks.map { (PredecessorEntry(machine: $0.machine, number: $0.number), $0.location) },
      uniquingKeysWith: { first, _ in first })
  }

  /// Valid or stale, and orphaned beside it.
  func words(for entry: PredecessorEntry) -> [PredecessorOpinion.Word] {
    let first = input.running.contains(entry.machine) ? PredecessorOpinion.Word.valid : .stale
    return isOrphaned(entry) ? [first, .orphaned] : [first]
  }

  private func isOrphaned(_ entry: PredecessorEntry) -> Bool {
    !machines.contains(entry.machine) || configured[entry] == nil
  }

  /// A mapping's verdict; orphaned goes before stale and valid.
  func verdict(on facts: MappingFacts, _ entry: PredecessorEntry?) -> Verdict {
    guard let entry else {
      return Verdict(
        .predecessorUnseen,
        RuleMatch(
          "v27 looks at names that contain vm--N--disk alone.", evidence: [facts.evidence]))
    }
    let words = words(for: entry)
    let rule: Rule =
      words.contains(.orphaned)
      ? .predecessorOrphaned : words.contains(.stale) ? .predecessorStale : .predecessorValid
    var evidence = [facts.evidence]
    if let line = input.places[entry.machine] { evidence.append(Evidence(line, from: .qmList)) }
    if let line = configured[entry] { evidence.append(Evidence(line, from: .guestConfigs)) }
    let said = words.map(\.rawValue).joined(separator: " and ")
    return Verdict(rule, RuleMatch("v27 says \(said): \(reasons(entry)).", evidence: evidence))
  }

  private func reasons(_ entry: PredecessorEntry) -> String {
    let machine = "VM \(entry.machine)"
    let state =
      input.running.contains(entry.machine)
      ? "\(machine) is running by qm list" : "\(machine) is not running by qm list"
    if !machines.contains(entry.machine) { return "\(state), which does not have it" }
    if configured[entry] != nil { return state }
    let disk = entry.number.isEmpty ? "a disk without a number" : "disk \(entry.number)"
    return "\(state), and \(disk) is not in its configuration"
  }

  /// Configured disks without an entry of the same VM and number; the storage is not compared.
  func missing(entries: Set<PredecessorEntry>) -> [MissingDisk] {
    var seen: Set<String> = []
    return input.disks.compactMap { disk in
      let entry = PredecessorEntry(machine: disk.machine, number: disk.number)
      guard !entries.contains(entry), let guest = GuestID(disk.machine) else { return nil }
      let isFirst = seen.insert("\(disk.machine)/\(disk.slot)").inserted
      return MissingDisk(
        guest: guest, slot: isFirst ? disk.slot : "\(disk.slot) (line \(disk.location.line))",
        volume: disk.volume, mapping: "vm--\(disk.machine)--disk--\(disk.number)",
        rule: .predecessorMissing, severity: .warning,
        why: "v27 says missing: no entry has VM \(disk.machine) and disk \(disk.number).",
        evidence: [Evidence(disk.location, from: .guestConfigs)])
    }
  }
}

extension PredecessorEntry {
  init(machine: String, number: String) {
    self.machine = machine
    self.number = number
  }
}
