import Analysis
import NodeState

extension Assessment {
  /// What the assessment says, in the words of an `expected.txt`.
  var lines: [String] {
    mappingLines + missingLines + findingLines + ["grade \(grade.letter?.name ?? "none")"]
  }

  private var mappingLines: [String] {
    zip(inventory.mappings, verdicts).map { facts, verdict in
      [
        facts.mapping.name, verdict.classification.rawValue, verdict.rule.name,
        verdict.severity.name, stepWord(of: facts.mapping.name),
      ].joined(separator: " ")
    }
  }

  /// `lvchange/1`, `remove/2`, `remove-name/2`, each with its children; `refused`; `-` for none.
  private func stepWord(of mapping: String) -> String {
    if plan.refused.contains(where: { $0.mapping == mapping }) { return "refused" }
    guard let step = (plan.phase1 + plan.phase2).first(where: { $0.mapping == mapping }) else {
      return "-"
    }
    let verb =
      switch (step.argv.first, step.argv.contains("-u")) {
      case ("lvchange"?, _): "lvchange"
      case ("dmsetup"?, true): "remove"
      default: "remove-name"
      }
    return "\(verb)/\(step.phase)" + step.children.map { "+\($0.mapping)" }.joined()
  }

  private var missingLines: [String] {
    missing.map {
      // A slot may hold blanks: `scsi0 (snapshot before)`.
      let subject = $0.subject.map { $0 == " " ? "_" : String($0) }.joined()
      return "missing \(subject) \($0.rule.name) \($0.severity.name)"
    }
  }

  /// Those that no mapping's and no missing disk's own verdict says.
  private var findingLines: [String] {
    let own = Set(
      zip(inventory.mappings, verdicts).map { "\($1.rule.name):\($0.mapping.name)" }
        + missing.map { "\($0.rule.name):\($0.subject)" })
    return findings.filter { !own.contains($0.id) }.map {
      "finding \($0.rule.name) \($0.subject) \($0.severity.name)"
    }
  }
}
