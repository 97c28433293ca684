import Analysis
import BundleFormat
import NodeState

/// A plan as a POSIX shell script that proves each step again on the node before it acts.
///
/// What the bundle says stands in data lines only: each is one quoted word of fields that were checked
/// against strict patterns. Everything else is the same in every script.
public struct CleanupScript: Sendable {
  /// How every script begins, whatever it is for.
  public static let beginning = ScriptHeader.beginning

  private let assessment: Assessment
  private let steps: [StepRecord]

  /// Nil when the plan has no step: then there is nothing to run.
  public init?(_ assessment: Assessment) {
    let plan = assessment.plan
    guard !plan.phase1.isEmpty || !plan.phase2.isEmpty else { return nil }
    self.assessment = assessment
    steps = StepRecord.all(of: plan)
  }

  /// The script, to be run by `sh`.
  public var text: String {
    let parts = [
      ScriptHeader(assessment).text, data, Self.settings, Self.nodeReading,
      Self.configurationReading, Self.pointerReading, Self.groupTrust, Self.proof,
      Self.proofOfSteps, Self.records, Self.locks, Self.removal, Self.modes, Self.interaction,
      Self.undo, Self.undoProof, Self.main,
    ]
    return parts.joined(separator: "\n")
  }

  /// What is of this node alone: identity, steps, and words about them.
  private var data: String {
    let manifest = assessment.snapshot.bundle.manifest
    let collected = manifest.collectedAt
    let expected = assessment.plan.nodeExpectations
    var lines = [
      "node=\(ShellWord(expected[.node] ?? ""))",
      "machine_id=\(ShellWord(expected[.machineID] ?? ""))",
      "boot_id=\(ShellWord(expected[.bootID] ?? ""))",
      "bundle_time=\(ShellWord(collected.description))",
      "collected=\(collected.secondsSinceEpoch)",
      "not_after=\(Timestamp(expected[.notAfter] ?? "")?.secondsSinceEpoch ?? 0)",
      "plan=\(PlanDigest(of: assessment.plan).hex)",
      "",
      "# One line a step: number, phase, number of the step it is a partition of, rule, action,",
      "# mapping, uuid, attributes, volume (present or absent, and the uuids of group and volume),",
      "# volume's name, uuid of the living volume of that name, number of the group's metadata where",
      "# sizes matter, quorum (1 or alone) where it is shared, guests, configurations and digests, the",
      "# volume as they may have it attached, table.",
      "step() { printf '%s\\n' \"$1\"; }",
      "steps() {",
    ]
    lines += steps.map { "  step \(ShellWord($0.text))" }
    lines += ["}", ""] + explanations + [""] + notes + [""]
    return lines.joined(separator: "\n")
  }

  /// What each rule of the plan means, for who answers the questions.
  private var explanations: [String] {
    var rules: [String: Rule] = [:]
    for step in assessment.plan.phase1 + assessment.plan.phase2 {
      rules[step.rule.name] = step.rule
    }
    var lines = [
      "# What is wrong with a mapping, and why that matters.", "about() { # RULE", "  case $1 in",
    ]
    for rule in rules.values.sorted(by: { $0.name < $1.name }) {
      lines.append("    \(ShellWord(rule.name)))")
      for sentence in [rule.title + ".", rule.explanation.meaning, rule.explanation.harm] {
        lines.append("      say \(ShellWord("  " + sentence))")
      }
      lines.append("      ;;")
    }
    return lines + ["  esac", "}"]
  }

  /// What a person has to decide: shown at the end of the check.
  private var notes: [String] {
    let notes = ScriptNotes(assessment).lines
    guard !notes.isEmpty else { return ["notes() { :; }"] }
    return ["# What is not for a script.", "notes() {"]
      + notes.map { $0.isEmpty ? "  say ''" : "  say \(ShellWord($0))" } + ["}"]
  }
}

extension RemediationPlan {
  /// What the steps expect of the node: the same in each.
  var nodeExpectations: [Precondition.Kind: String] {
    let preconditions = (phase1 + phase2).first?.preconditions ?? []
    return Dictionary(
      preconditions.map { ($0.kind, $0.expected) }, uniquingKeysWith: { one, _ in one })
  }
}
