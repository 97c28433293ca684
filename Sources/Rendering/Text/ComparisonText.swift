import Analysis
import BundleFormat
import NodeState

/// What the predecessor says, beside our word for each mapping and disk.
struct ComparisonText {
  private let assessment: Assessment

  init(_ assessment: Assessment) { self.assessment = assessment }

  /// Empty unless somebody asked for the comparison.
  var lines: [String] {
    guard let opinion = assessment.comparison else { return [] }
    if let gap = opinion.gap {
      return ["v27 said: nothing, since it asks qm list, and \(safe(gap.description))"]
    }
    let grade = opinion.grade
    let head =
      "v27 said: grade \(grade.letter?.name ?? "none"), \(grade.status ?? ""), "
      + "\(opinion.valid) valid, \(opinion.stale) stale, \(opinion.orphaned) orphaned, 0 duplicate, "
      + "\(opinion.missing.count) missing"
    return [head] + aligned(mappings(opinion) + disks(opinion))
  }

  private struct Line {
    let name: String
    let ours: String
    let theirs: String
  }

  private func mappings(_ opinion: PredecessorOpinion) -> [Line] {
    assessment.inventory.mappings.indices.map { position in
      let verdict = assessment.verdicts[position]
      let words = opinion.words[position].map(\.rawValue).joined(separator: " and ")
      return Line(
        name: safe(assessment.inventory.mappings[position].mapping.name),
        ours: "\(verdict.classification.rawValue) \(verdict.rule.name)",
        theirs: words.isEmpty ? "nothing" : words)
    }
  }

  private func disks(_ opinion: PredecessorOpinion) -> [Line] {
    let known = Dictionary(grouping: assessment.missing) { $0.guest }
    return opinion.missing.map { disk in
      let ours = known[disk.guest]?.first { $0.volume == disk.volume }
      return Line(
        name: safe("\(disk.subject) \(disk.volume)"),
        ours: ours.map { "missing \($0.rule.name)" } ?? "not missing", theirs: "missing")
    }
  }

  private func aligned(_ lines: [Line]) -> [String] {
    let names = min(60, lines.map(\.name.count).max() ?? 0)
    let ours = lines.map(\.ours.count).max() ?? 0
    return lines.map {
      "  \($0.name.padded(to: names))  \($0.ours.padded(to: ours))  v27: \($0.theirs)"
    }
  }

  private func safe(_ text: String) -> String { TerminalText.escaped(text) }
}

extension String {
  /// The text with blanks behind it up to a width; as it is where it is wider.
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
