import Analysis

/// What is said once for many findings: a rule, or a variant of one, at one severity.
struct FindingKind: Hashable {
  private let severity: Severity
  // Variants share their name, but neither title nor remedy.
  private let rule: ObjectIdentifier

  init(_ finding: Finding) {
    severity = finding.severity
    rule = ObjectIdentifier(finding.rule)
  }

  /// Returns the positions of each kind's findings, kinds and findings in their order.
  static func positions(in findings: [Finding]) -> [[Int]] {
    positions(Array(findings.indices), in: findings)
  }

  /// Returns the same of some of the findings.
  static func positions(_ some: [Int], in findings: [Finding]) -> [[Int]] {
    var order: [FindingKind] = []
    var members: [FindingKind: [Int]] = [:]
    for position in some {
      let kind = FindingKind(findings[position])
      if members[kind] == nil { order.append(kind) }
      members[kind, default: []].append(position)
    }
    return order.compactMap { members[$0] }
  }
}
