import Analysis
import BundleFormat
import NodeState

extension ExplanationText {
  /// The step, what must hold for it, and how it is undone; or why there is none, and what helps.
  func step(of mapping: MappingExplanation) -> [String] {
    switch mapping.step {
    case .planned(let step): lines(of: step)
    case .goesBefore(let parent):
      ["Step: goes first in the step of \(safe(parent.mapping))"] + lines(of: parent)
    case .refused(let why): ["Step: none, refused: \(safe(why))"] + remedy(of: mapping)
    case .none(let why): ["Step: none: \(safe(why))"] + remedy(of: mapping)
    }
  }

  private func remedy(of mapping: MappingExplanation) -> [String] {
    let explanation = mapping.path.verdict.rule.explanation
    var lines = ["What helps:"] + prose(mapping.remedy)
    if !explanation.wrongRemedy.isEmpty {
      lines += ["What does not:"] + prose(explanation.wrongRemedy)
    }
    return lines
  }

  private func lines(of step: RemediationStep) -> [String] {
    let asks = step.phase == 1 ? "may run without a question" : "asks first"
    var lines = ["Step: phase \(step.phase), \(asks)"]
    for part in step.children + [step] {
      lines.append("  \(safe(ShellWord.line(part.argv)))")
    }
    lines.append("Only while, right before it acts:")
    for part in step.children + [step] {
      if !step.children.isEmpty { lines.append("  \(safe(part.mapping)):") }
      lines += part.preconditions.map { precondition in
        let value = precondition.expected.split(separator: "\n", omittingEmptySubsequences: false)
          .joined(separator: "; ")
        return
          "  \(precondition.kind.rawValue.padded(to: 15))  \(value.isEmpty ? "none" : safe(value))"
      }
    }
    lines.append("Undone with:")
    for part in [step] + step.children.reversed() {
      lines += part.undo.map { "  \(safe(ShellWord.line($0)))" }
    }
    return lines
  }
}
