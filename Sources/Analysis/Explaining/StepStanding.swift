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

/// What the findings and the plan say of mappings, by their names.
struct SaidOfMappings {
  private var findings: [String: [Finding]]
  private var standings: [String: StepStanding] = [:]

  init(_ assessment: Assessment) {
    findings = Dictionary(grouping: assessment.findings, by: \.subject)
    let plan = assessment.plan
    for refused in plan.refused { standings[refused.mapping] = .refused(refused.why) }
    for step in plan.phase1 + plan.phase2 {
      for child in step.children { standings[child.mapping] = .goesBefore(step) }
      standings[step.mapping] = .planned(step)
    }
  }

  func findings(about mapping: String) -> [Finding] { findings[mapping] ?? [] }

  /// Whether the plan has a step for it or refuses one; nil where it says nothing of it.
  func standing(of mapping: String) -> StepStanding? { standings[mapping] }
}

extension Assessment {
  /// Says what the plan has for the mapping at a position of ``Inventory/mappings``.
  func stepStanding(at position: Int, _ said: SaidOfMappings) -> StepStanding {
    let (facts, verdict) = (inventory.mappings[position], verdicts[position])
    if let standing = said.standing(of: facts.mapping.name) { return standing }
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
