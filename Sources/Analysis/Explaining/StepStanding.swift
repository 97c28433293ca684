import BundleFormat
import NodeState

/// Whether the plan has a step for a mapping, and why not.
public enum StepStanding: Sendable {
  case planned(RemediationStep)
  /// It is a closed partition that goes first in its parent's step.
  case goesBefore(RemediationStep)
  /// A step was due, and could not be proved again on the node.
  case refused(String)
  case none(String)
}

extension Assessment {
  /// Says what the plan has for the mapping at a position of ``Inventory/mappings``.
  public func stepStanding(at position: Int) -> StepStanding {
    let (facts, verdict) = (inventory.mappings[position], verdicts[position])
    let name = facts.mapping.name
    for step in plan.phase1 + plan.phase2 {
      if step.mapping == name { return .planned(step) }
      if step.children.contains(where: { $0.mapping == name }) { return .goesBefore(step) }
    }
    if let refused = plan.refused.first(where: { $0.mapping == name }) {
      return .refused(refused.why)
    }
    guard verdict.step != nil else { return .none(Self.whyNothing(verdict)) }
    if facts.isOpen { return .none("\(facts.openWords): nothing in use is ever in the plan") }
    return .none("a guest with a process on this node names it")
  }

  private static func whyNothing(_ verdict: Verdict) -> String {
    if verdict.severity == .info, verdict.classification == .stale {
      return "it does no harm where it is"
    }
    return switch verdict.classification {
    case .valid: "it is as it should be"
    case .other: "it is no guest's disk, and nothing is offered for those"
    case .unknown: "nothing is offered for what is not known"
    case .stale, .orphaned, .duplicate, .wrong:
      "\(verdict.rule.name) offers none here: what to do is for a person to decide"
    }
  }
}
