import BundleFormat
import NodeState

/// One node at two times: what was to go, what went, what is new, and what is judged differently.
public struct NodeComparison: Sendable {
  public let old: Assessment
  public let new: Assessment
  /// The digest of the old plan, by which its journal's lines are known.
  public let plan: String
  /// Nil where a bundle doesn't say which boot it was.
  public let isRebooted: Bool?
  /// What became of the old plan's steps, in their order, partitions before their mapping.
  public let fates: [PlannedFate]
  /// Mappings that went without being planned, of the old inventory.
  public let goneOtherwise: [MappingChange]
  /// Mappings that were not there, of the new inventory.
  public let added: [MappingChange]
  /// Mappings that are judged differently now, or have another name.
  public let changed: [MappingChange]
  /// Findings of the new bundle that the old one did not have.
  public let findingsCome: [Finding]
  /// Findings of the old bundle that are no more.
  public let findingsGone: [Finding]
  /// Findings that are there as before, with another severity.
  public let findingsChanged: [(old: Finding, new: Finding)]
  /// Nil when no journal was given.
  public let journal: JournalUse?

  /// How much of a journal was about the old plan.
  public struct JournalUse: Sendable {
    public let used: Int
    /// Lines of other plans or other nodes.
    public let others: Int
    public let faults: [JournalFault]
  }

  /// A mapping with what was said of it and is said now; nil where it is not there.
  public struct MappingChange: Sendable {
    public let mapping: Mapping
    public let before: Verdict?
    public let now: Verdict?
    /// Its name in the old bundle, where that is another one.
    public let formerName: String?
  }

  /// Compares two assessments of one node.
  ///
  /// - Parameter plan: The digest of the old assessment's plan, as the script has it.
  /// - Throws: ``ComparisonError`` when they are not of one node, in this order, with known mappings.
  public init(
    from old: Assessment, to new: Assessment, plan: String, journal: CleanupJournal? = nil
  ) throws(ComparisonError) {
    try Self.check(old, new)
    self.old = old
    self.new = new
    self.plan = plan
    let boots = [old, new].map { $0.snapshot.bundle.manifest.node.bootID }
    isRebooted = boots.contains(nil) ? nil : boots[0] != boots[1]
    let lines = (journal?.entries ?? []).filter {
      $0.plan == plan && $0.node == old.inventory.nodeName
    }
    self.journal = journal.map {
      JournalUse(used: lines.count, others: $0.entries.count - lines.count, faults: $0.faults)
    }
    let before = VerdictIndex(old)
    let now = VerdictIndex(new)
    fates = Self.fates(of: old.plan, in: now, lines)
    let planned = Set(fates.map { MappingIdentity(name: $0.step.mapping, uuid: $0.step.uuid) })
    goneOtherwise = before.changes(to: now).filter {
      $0.now == nil && !planned.contains(MappingIdentity($0.mapping))
    }
    let present = now.changes(from: before)
    added = present.filter { $0.before == nil }
    changed = present.filter { $0.before != nil && $0.isDifferent }
    let formerly = Dictionary(
      old.findings.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let remaining = Set(new.findings.map(\.id))
    findingsCome = new.findings.filter { formerly[$0.id] == nil }
    findingsGone = old.findings.filter { !remaining.contains($0.id) }
    findingsChanged = new.findings.compactMap { finding in
      guard let former = formerly[finding.id], former.severity != finding.severity else {
        return nil
      }
      return (former, finding)
    }
  }

  /// Whether everything that was to go is gone, and nothing came that is worth a warning.
  public var isClosed: Bool {
    fates.allSatisfy(\.isGone) && !findingsCome.contains { $0.severity >= .warning }
  }

  private static func check(_ old: Assessment, _ new: Assessment) throws(ComparisonError) {
    let names = (old.inventory.nodeName, new.inventory.nodeName)
    guard names.0 == names.1 else { throw .otherNode(old: names.0, new: names.1) }
    let manifests = (old.snapshot.bundle.manifest, new.snapshot.bundle.manifest)
    if let former = manifests.0.node.machineID, let present = manifests.1.node.machineID,
      former != present
    {
      throw .otherMachine(node: names.0)
    }
    guard manifests.0.collectedAt <= manifests.1.collectedAt else {
      throw .wrongOrder(old: manifests.0.collectedAt, new: manifests.1.collectedAt)
    }
    for assessment in [old, new] {
      guard let gap = assessment.snapshot.first.mappings.gap else { continue }
      throw .mappingsUnknown(
        collectedAt: assessment.snapshot.bundle.manifest.collectedAt, reason: gap.description)
    }
  }

  private static func fates(
    of plan: RemediationPlan, in now: VerdictIndex, _ lines: [JournalEntry]
  ) -> [PlannedFate] {
    var last: [MappingIdentity: JournalEntry] = [:]
    for line in lines { last[MappingIdentity(name: line.mapping, uuid: line.uuid)] = line }
    func fate(_ step: RemediationStep, parent: String?) -> PlannedFate {
      let identity = MappingIdentity(name: step.mapping, uuid: step.uuid)
      return PlannedFate(
        step, parent: parent, last: last[identity], isThere: now.has(identity))
    }
    return (plan.phase1 + plan.phase2).flatMap { step in
      step.children.map { fate($0, parent: step.mapping) } + [fate(step, parent: nil)]
    }
  }
}

extension NodeComparison.MappingChange {
  /// Whether it is judged differently now, or called differently.
  fileprivate var isDifferent: Bool {
    formerName != nil || before?.rule.name != now?.rule.name || before?.severity != now?.severity
  }
}

/// An assessment's verdicts by what makes a mapping the same.
private struct VerdictIndex {
  private let assessment: Assessment
  private let positions: [MappingIdentity: Int]

  init(_ assessment: Assessment) {
    self.assessment = assessment
    positions = Dictionary(
      assessment.inventory.mappings.enumerated().map { (MappingIdentity($1.mapping), $0) },
      uniquingKeysWith: { first, _ in first })
  }

  func has(_ identity: MappingIdentity) -> Bool { positions[identity] != nil }

  /// Each mapping of this one, with its verdict in a later one.
  func changes(to later: VerdictIndex) -> [NodeComparison.MappingChange] {
    assessment.inventory.mappings.indices.map { position in
      let mapping = assessment.inventory.mappings[position].mapping
      return NodeComparison.MappingChange(
        mapping: mapping, before: assessment.verdicts[position],
        now: later.verdict(on: mapping)?.verdict, formerName: nil)
    }
  }

  /// Each mapping of this one, with its verdict in an earlier one.
  func changes(from earlier: VerdictIndex) -> [NodeComparison.MappingChange] {
    assessment.inventory.mappings.indices.map { position in
      let mapping = assessment.inventory.mappings[position].mapping
      let former = earlier.verdict(on: mapping)
      return NodeComparison.MappingChange(
        mapping: mapping, before: former?.verdict, now: assessment.verdicts[position],
        formerName: former.flatMap { $0.name == mapping.name ? nil : $0.name })
    }
  }

  private func verdict(on mapping: Mapping) -> (verdict: Verdict, name: String)? {
    guard let position = positions[MappingIdentity(mapping)] else { return nil }
    let name = assessment.inventory.mappings[position].mapping.name
    return (assessment.verdicts[position], name)
  }
}
