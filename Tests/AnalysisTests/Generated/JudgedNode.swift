import Analysis
import BundleFormat
import Glibc
import NodeGenerator
import NodeState

/// What an analyzer says of a bundle, in the words of a generated truth.
struct JudgedNode {
  let verdicts: [String: Verdict]
  let steps: Set<Step>
  let missing: [Missing]
  /// Why each is so, in the order of the report: for comparing whole assessments.
  let words: [String]

  /// A mapping's class, rule and step.
  struct Verdict: Hashable {
    let classification: String
    let rule: String
    let step: ExpectedStep?
    let children: [String]
  }

  /// What a cleanup would act on.
  struct Step: Hashable {
    let mapping: String
    let uuid: String
  }

  struct Missing: Hashable {
    let guest: Int
    let slot: String
    let rule: String
  }

  init(_ bundle: NodeBundle) {
    let assessment = Assessment(of: NodeSnapshot(reading: bundle))
    var planned: [String: RemediationStep] = [:]
    for step in assessment.plan.phase1 + assessment.plan.phase2 { planned[step.mapping] = step }
    var verdicts: [String: Verdict] = [:]
    for (facts, verdict) in zip(assessment.inventory.mappings, assessment.verdicts) {
      let step = planned[facts.mapping.name]
      verdicts[facts.mapping.name] = Verdict(
        classification: verdict.classification.rawValue, rule: verdict.rule.name,
        step: step.flatMap(Self.expected), children: step?.children.map(\.mapping) ?? [])
    }
    self.verdicts = verdicts
    let all = planned.values.flatMap { [$0] + $0.children }
    steps = Set(all.map { Step(mapping: $0.mapping, uuid: $0.uuid ?? "") })
    missing = assessment.missing.map {
      Missing(guest: $0.guest.number, slot: $0.slot, rule: $0.rule.name)
    }
    words = zip(assessment.inventory.mappings, assessment.verdicts).map {
      "\($0.mapping.name): \($1.rule.name): \($1.why) \($1.evidence)"
    }
  }

  /// The step by its command; nil for one that the truth has no word for.
  private static func expected(_ step: RemediationStep) -> ExpectedStep? {
    switch (step.phase, step.argv.first, step.argv.contains("-u")) {
    case (1, "lvchange", _): .deactivateFirst
    case (2, "lvchange", _): .deactivate
    case (2, "dmsetup", true): .remove
    case (2, "dmsetup", false): .removeByName
    default: nil
    }
  }
}

extension JudgedNode.Verdict: CustomStringConvertible {
  var description: String {
    let below = children.isEmpty ? "" : " after \(children.joined(separator: ", "))"
    return "\(classification)/\(rule), step \(step?.rawValue ?? "none")\(below)"
  }
}

/// How many nodes a property is tried on: few where time is short, or code is not optimized.
enum Trials {
  static func count(_ full: Int) -> Int {
    if getenv("DM_QUICK") != nil { return max(4, full / 40) }
    #if DEBUG
      return max(8, full / 8)
    #else
      return full
    #endif
  }
}
