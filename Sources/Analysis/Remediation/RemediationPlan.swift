import BundleFormat
import NodeState

/// What may be removed, in order, and what was refused.
public struct RemediationPlan: Sendable {
  /// May run without questions, leaves first.
  public let phase1: [RemediationStep]
  /// One question an entry, leaves first.
  public let phase2: [RemediationStep]
  public let refused: [RefusedStep]

  init(inventory: Inventory, verdicts: [Verdict]) {
    var steps: [(position: Int, step: RemediationStep)] = []
    var refused: [RefusedStep] = []
    let planner = StepPlanner(inventory: inventory)
    for (position, verdict) in verdicts.enumerated() {
      let facts = inventory.mappings[position]
      guard let proposed = verdict.step, !facts.isOpen, !facts.isNamedByRunningGuest(inventory)
      else { continue }
      switch planner.step(for: facts, verdict, proposed) {
      case .success(let step): steps.append((position, step))
      case .failure(let refusal):
        refused.append(RefusedStep(mapping: facts.mapping.name, why: refusal.why))
      }
    }
    let ordered = Self.leavesFirst(steps, inventory).map(\.step)
    phase1 = ordered.filter { $0.phase == 1 }
    phase2 = ordered.filter { $0.phase == 2 }
    self.refused = refused
  }

  /// A mapping that lies on another goes before it.
  private static func leavesFirst(
    _ steps: [(position: Int, step: RemediationStep)], _ inventory: Inventory
  ) -> [(position: Int, step: RemediationStep)] {
    let planned = Set(steps.map(\.position))
    func depth(_ position: Int, _ seen: Set<Int>) -> Int {
      let below = inventory.mappings[position].mapping.dependencies
        .compactMap { inventory.positions[$0] }.filter { !seen.contains($0) }
      return below.map { (planned.contains($0) ? 1 : 0) + depth($0, seen.union([$0])) }.max() ?? 0
    }
    let depths = Dictionary(
      uniqueKeysWithValues: steps.map { ($0.position, depth($0.position, [$0.position])) })
    return steps.sorted {
      let (one, other) = (depths[$0.position] ?? 0, depths[$1.position] ?? 0)
      return one != other ? one > other : $0.position < $1.position
    }
  }
}
