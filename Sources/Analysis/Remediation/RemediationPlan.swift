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
      guard let proposed = verdict.step, !facts.isOpen else { continue }
      if facts.isNamedByRunningGuest {
        refused.append(
          RefusedStep(
            mapping: facts.mapping.name, why: "a guest that runs here names it"))
        continue
      }
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
    let planned = Dictionary(
      steps.enumerated().map { ($1.position, $0) }, uniquingKeysWith: { first, _ in first })
    // Kahn's order: a step is free once every planned mapping that lies on it has gone.
    var holders = Array(repeating: 0, count: steps.count)
    let lower = steps.map { step in
      inventory.mappings[step.position].mapping.dependencies
        .compactMap { inventory.positions[$0] }.compactMap { planned[$0] }
    }
    for below in lower { for index in below { holders[index] += 1 } }
    var ordered: [(position: Int, step: RemediationStep)] = []
    var free = steps.indices.filter { holders[$0] == 0 }
    while !free.isEmpty {
      var next: [Int] = []
      for index in free {
        ordered.append(steps[index])
        for below in lower[index] {
          holders[below] -= 1
          if holders[below] == 0 { next.append(below) }
        }
      }
      free = next.sorted()
    }
    // Only a forged list has mappings that lie on each other in a ring: no kernel removes one of them.
    return ordered
  }
}
