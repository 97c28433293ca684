import BundleFormat
import NodeState

extension Rule {
  /// Two mappings that reach the same blocks.
  static let overlappingExtents = Rule(
    "overlapping-extents", .duplicate, .warning, title: "Two mappings reach the same blocks",
    RuleExplanation(
      meaning: "Two mappings, none stacked on the other, map the same sectors of one device.",
      harm: "Two writers may destroy each other's data.",
      cause: "A volume was deleted elsewhere and its blocks were given to another, or somebody "
        + "mapped a disk a second time by hand.",
      remedy:
        "Decide which is the living one: the one that LVM's metadata confirms; where it confirms "
        + "none, whoever uses the blocks has to say. The other one's users must stop before anything "
        + "is done.",
      wrongRemedy: "Removing by name: names say nothing here.",
      severities: "critical when both are open",
      needs: [.dmsetupInfo, .dmsetupTable, .lvs],
      references: [
        "pve-docs, pve-storage-lvm.adoc: saferemove, since freed blocks are given out again",
        "lvs(8), seg_pe_ranges",
      ]),
    without: .confirmed,
    asking: [
      .overlapped, .otherwise("LVM's metadata says which of the two lives, so it keeps its class"),
    ]
  ) { facts, inventory in
    if let unknown = inventory.collisions.mappingWithoutTable {
      return .lacks(.volumes("the table of \(unknown) is unknown, and may reach the same blocks"))
    }
    if let new = inventory.flux.newMappings.first(where: { facts.mapping.mayCollide(with: $0) }) {
      return .lacks(.volumes("\(new.name) appeared meanwhile and may reach the same blocks"))
    }
    guard let overlaps = inventory.overlaps(of: facts), !overlaps.isEmpty else {
      return .silent
    }
    // A confirmed partner decides for a ghost: the ghost is the leftover, and keeps its class.
    if facts.isGhost, overlaps.contains(where: { inventory.mappings[$0.other].isConfirmed }) {
      return .silent
    }
    return .matches(inventory.overlapMatch(of: facts, overlaps))
  }
}

extension Inventory {
  func overlaps(of facts: MappingFacts) -> [Collisions.Overlap]? {
    guard !collisions.overlaps.isEmpty, let position = positions[facts.mapping.device] else {
      return nil
    }
    return collisions.overlaps[position]
  }

  /// What the finding says, for each mapping of a pair, whatever its class.
  func overlapMatch(of facts: MappingFacts, _ overlaps: [Collisions.Overlap]) -> RuleMatch {
    // Two that share several ranges are still two.
    var seen: Set<Int> = []
    let others = overlaps.filter { seen.insert($0.other).inserted }.map { mappings[$0.other] }
    let first = overlaps[0]
    let names = others.prefix(3).map(\.mapping.name).joined(separator: ", ")
    let more = others.count > 3 ? " and \(others.count - 3) more" : ""
    let openers = facts.isOpen && others.contains(where: \.isOpen)
    return RuleMatch(
      "It maps sectors \(first.startSector) to \(first.endSector - 1) of \(first.device), and so does "
        + "\(names)\(more). \(([facts] + others).whichLives)",
      severity: openers ? .critical : .warning,
      evidence: [facts.evidence] + facts.tableEvidence.prefix(2)
        + others.prefix(2).flatMap { [$0.evidence] + $0.tableEvidence.prefix(2) })
  }
}

extension [MappingFacts] {
  /// Which of some mappings that reach the same blocks is the living one, in a sentence.
  var whichLives: String {
    if let living = first(where: \.isConfirmed) {
      return "The living one is \(living.mapping.name): LVM's metadata confirms it."
    }
    let why = contains(where: \.isUnread) ? "could not be used" : "confirms none of them"
    return "LVM's metadata \(why): nobody can say from here which one lives."
  }
}
