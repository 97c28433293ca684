import Analysis
import BundleFormat

/// The catalogue of rules for a terminal, from the rules' own texts.
public enum RuleText {
  /// One line a rule: name, class, severity, title; in the order of judgement.
  public static func list(_ rules: [Rule] = Rule.all) -> String {
    let names = rules.map(\.name.count).max() ?? 0
    return rules.map { rule in
      let words = [
        rule.name.padded(to: names), rule.className.padded(to: 13),
        rule.severity.name.padded(to: 8), rule.title,
      ]
      return words.joined(separator: "  ") + "\n"
    }.joined()
  }

  /// Everything that the rules of a name say of themselves, on lines of at most `width` columns.
  public static func page(ofRulesNamed name: String, width: Int = Paragraph.width) -> String {
    Rule.variants(named: name).map { page(of: $0, width: width) }.joined(separator: "\n")
  }

  /// Everything that a rule says of itself.
  public static func page(of rule: Rule, width: Int = Paragraph.width) -> String {
    let text = rule.explanation
    var lines = [
      "\(rule.name): \(rule.title)", "",
      "class         \(rule.className)", "severity      \(rule.severityWords)",
      "step          \(rule.stepWords)", "",
    ]
    func add(_ heading: String, _ body: String) {
      guard !body.isEmpty else { return }
      lines += [heading] + Paragraph.wrapped(body, indentation: 2, width: width) + [""]
    }
    add("What it is", text.meaning)
    add("What it does", text.harm)
    add("Where it comes from", text.cause)
    add("What helps", text.remedy)
    add("What does not", text.wrongRemedy)
    add("Sources it needs", text.needs.map(\.rawValue).joined(separator: ", "))
    add("Sources it uses where they are there", text.uses.map(\.rawValue).joined(separator: ", "))
    lines += ["References"] + text.references.map { "  \($0)" }
    return lines.map { $0 + "\n" }.joined()
  }
}

extension Rule {
  /// The class, or what the rule is about where it has none.
  fileprivate var className: String {
    if let classification { return classification.rawValue }
    return Rule.isOfConfigurations(self) ? "configuration" : "node"
  }

  fileprivate var severityWords: String {
    explanation.severities.isEmpty
      ? severity.name : "\(severity.name); \(explanation.severities)"
  }

  fileprivate var stepWords: String { explanation.step ?? "none: nothing is ever offered for it" }
}
