import Analysis
import BundleFormat
import NodeState

/// The whole path of a decision for a terminal: questions, answers, evidence, and what would change it.
public struct ExplanationText {
  private let explanation: Explanation
  let assessment: Assessment

  private let width: Int

  /// - Parameter width: The columns in which prose is laid out.
  public init(
    _ explanation: Explanation, of assessment: Assessment, width: Int = Paragraph.width
  ) {
    self.explanation = explanation
    self.assessment = assessment
    self.width = width
  }

  /// The text, each line ended by a line break.
  public var text: String {
    let lines =
      switch explanation {
      case .mapping(let mapping): self.lines(of: mapping)
      case .volume(let volume): self.lines(of: volume)
      case .guest(let guest): self.lines(of: guest)
      }
    return lines.map { $0 + "\n" }.joined()
  }

  func prose(_ text: String) -> [String] {
    Paragraph.wrapped(safe(text), indentation: 2, width: width)
  }

  func safe(_ text: String) -> String { TerminalText.escaped(text) }

  /// `  dmsetup-info:7: text`, one line each.
  func lines(of evidence: [Evidence], indentation: Int) -> [String] {
    let margin = String(repeating: " ", count: indentation)
    return evidence.map { item in
      let quote = EvidenceQuote(item, in: assessment.snapshot)
      return "\(margin)\(quote.place): \(safe(quote.text))"
    }
  }

  /// Everything of one mapping.
  func lines(of mapping: MappingExplanation) -> [String] {
    identity(of: mapping) + [""] + verdict(of: mapping) + [""] + questions(of: mapping.path)
      + [""] + doubts(mapping.doubts) + [""] + step(of: mapping)
  }

  private func identity(of mapping: MappingExplanation) -> [String] {
    let facts = mapping.facts
    var lines = ["Mapping \(safe(facts.mapping.name))"]
    lines.append("  uuid     \(safe(facts.mapping.uuid?.description ?? "none"))")
    var open = "open count \(facts.mapping.openCount)"
    if facts.ownOpenCount != facts.mapping.openCount {
      open += " (\(facts.ownOpenCount) without its closed partitions)"
    }
    lines.append("  device   \(facts.mapping.device), \(open)")
    if let path = facts.path {
      let storages = facts.storages.map(\.id).joined(separator: ", ")
      let isKnown = assessment.snapshot.storages.value != nil
      let place =
        !storages.isEmpty
        ? "storage \(storages)"
        : isKnown ? "no storage of this node" : "storages unknown"
      lines.append("  volume   \(safe("\(path.group)/\(path.volume)")), \(safe(place))")
    }
    if let owner = mapping.owner {
      let node = owner.node.map { " on \(safe($0))" } ?? ""
      lines.append("  guest    \(owner.guest)\(node), \(owner.state.rawValue)")
    }
    return lines
  }

  private func verdict(of mapping: MappingExplanation) -> [String] {
    let verdict = mapping.path.verdict
    var lines = [
      "Verdict: \(verdict.classification.rawValue), \(verdict.rule.name), \(verdict.severity.name): "
        + verdict.rule.title
    ]
    lines += prose(verdict.why)
    lines += self.lines(of: verdict.evidence, indentation: 4)
    for finding in mapping.findings where finding.rule.name != verdict.rule.name {
      lines += ["Also: \(finding.rule.name), \(finding.severity.name): \(finding.rule.title)"]
      lines += prose(finding.why)
    }
    return lines
  }

  private func questions(of path: DecisionPath) -> [String] {
    var lines = ["Questions, in order; the first that fits decides, unless something was moving:"]
    for (number, question) in path.questions.enumerated() {
      let margin = String(repeating: " ", count: max(0, 4 - String(number + 1).count))
      let (answer, reason, evidence) = words(for: question.answer, path.verdict)
      lines.append(
        "\(margin)\(number + 1). \(answer.padded(to: 7))  \(topic(of: question)) \(safe(reason))")
      lines += self.lines(of: evidence, indentation: 15)
    }
    return lines
  }

  private func topic(of question: DecisionPath.Question) -> String {
    switch question.topic {
    case .rule(let rule): "\(rule.name) (\(rule.title)):"
    case .proof(let proof): proof.title
    }
  }

  /// The answer, why, and its evidence; what the verdict above says already is not said again.
  private func words(
    for answer: DecisionPath.Answer, _ verdict: Verdict
  ) -> (String, String, [Evidence]) {
    switch answer {
    case .yes(let reason, _) where reason == verdict.why: ("YES", "this is the verdict", [])
    case .yes(let reason, let evidence): ("YES", reason, evidence)
    case .no(let reason): ("no", reason ?? "it does not fit", [])
    case .undecidable(let reason): ("unknown", reason, [])
    }
  }

  private func doubts(_ doubts: [SourceDoubt]) -> [String] {
    guard !doubts.isEmpty else {
      return ["No source is missing that could change this."]
    }
    let manifest = assessment.snapshot.bundle.manifest
    return ["What could change this once it is known:"]
      + doubts.flatMap { doubt in
        [
          "  \(doubt.source.rawValue): \(safe(doubt.reason))",
          "    needed for \(doubt.neededFor.joined(separator: ", "))",
          "    look with  \(safe(SourceCommand.text(for: doubt.source, in: manifest)))",
        ]
      }
  }
}
