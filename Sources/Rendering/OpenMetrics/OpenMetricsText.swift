import Analysis
import BundleFormat
import NodeState

/// Assessments for Prometheus: a file for the textfile collector of node_exporter.
///
/// Gauges alone and no timestamps, which that collector refuses, so that the text is valid both as
/// Prometheus' text format and as OpenMetrics. Of two bundles of one machine the later counts: it has
/// each series once. Machines that are called alike have a label more.
///
/// Source: OpenMetrics 1.0; prometheus/node_exporter, textfile collector.
public struct OpenMetricsText: Sendable {
  private let assessments: [Assessment]
  /// Cluster and name of more than one machine.
  private let ambiguous: Set<[String]>

  public init(_ assessments: [Assessment]) {
    var latest: [[String]: Int] = [:]
    for (position, assessment) in assessments.enumerated() {
      let key = Self.identity(of: assessment) + [Self.machine(of: assessment)]
      if let before = latest[key],
        assessments[before].snapshot.bundle.manifest.collectedAt
          > assessment.snapshot.bundle.manifest.collectedAt
      {
        continue
      }
      latest[key] = position
    }
    self.assessments = latest.values.sorted().map { assessments[$0] }
    let machines = Dictionary(grouping: latest.keys) { Array($0.dropLast()) }
    ambiguous = Set(machines.filter { $0.value.count > 1 }.keys)
  }

  /// The machine's id; empty where the bundle has none.
  private static func machine(of assessment: Assessment) -> String {
    assessment.snapshot.bundle.manifest.node.machineID ?? ""
  }

  /// Cluster and name.
  private static func identity(of assessment: Assessment) -> [String] {
    [
      assessment.snapshot.membership.value?.cluster?.name ?? "", assessment.inventory.nodeName,
    ]
  }

  private typealias Sample = (labels: [(String, String)], value: String)

  /// The text, ended by `# EOF`.
  public var text: String {
    var lines: [String] = []
    func family(_ name: String, _ help: String, _ samples: (Assessment) -> [Sample]) {
      let rows = assessments.flatMap { assessment in
        samples(assessment).map { sample in
          let identity = Self.identity(of: assessment)
          let machine =
            ambiguous.contains(identity) ? [("machine", Self.machine(of: assessment))] : []
          let labels =
            [("cluster", identity[0]), ("node", identity[1])] + machine + sample.labels
          return "\(name){\(Self.text(of: labels))} \(sample.value)"
        }
      }
      guard !rows.isEmpty else { return }
      lines += ["# HELP \(name) \(help)", "# TYPE \(name) gauge"] + rows
    }
    family("dmtools_mappings", "Device-mapper mappings by class; absent where unread.") {
      guard let classes = $0.summary.mappings?.classes else { return [] }
      return Classification.allCases.map { ([("class", $0.rawValue)], "\(classes[$0])") }
    }
    family("dmtools_findings", "Findings that count, by severity.") { assessment in
      [Severity.critical, .warning, .notice].map { severity in
        let count = assessment.findings.count { $0.ignored == nil && $0.severity == severity }
        return ([("severity", severity.name)], "\(count)")
      }
    }
    family("dmtools_rule_findings", "Findings that count, by rule; absent for none.") {
      Self.findingsByRule($0)
    }
    family("dmtools_ignored_findings", "Findings that an ignore file takes out of the count.") {
      [([], "\($0.summary.ignored)")]
    }
    family(
      "dmtools_missing_disks",
      "Configured disks that lack their mapping or volume; absent where unknown."
    ) {
      $0.summary.missing.map { [([], "\($0)")] } ?? []
    }
    family("dmtools_plan_steps", "Steps that the cleanup plan offers, by phase.") {
      [
        ([("phase", "1")], "\($0.plan.phase1.count)"),
        ([("phase", "2")], "\($0.plan.phase2.count)"),
      ]
    }
    family("dmtools_grade_score", "Score of 100 before any cap; absent without a grade.") {
      $0.grade.score.map { [([], "\($0)")] } ?? []
    }
    family("dmtools_grade", "1 for the letter that the node has; absent without a grade.") {
      $0.grade.letter.map { [([("letter", $0.name)], "1")] } ?? []
    }
    family("dmtools_missing_sources", "Required sources that could not be used.") {
      [([], "\($0.snapshot.sources.count(where: \.isRequiredGap))")]
    }
    family("dmtools_collected_timestamp_seconds", "When the bundle was collected.") {
      [([], "\($0.snapshot.bundle.manifest.collectedAt.secondsSinceEpoch)")]
    }
    family("dmtools_thin_pool_used_ratio", "Used share of a thin pool's blocks.") {
      Self.pools($0)
    }
    return (lines + ["# EOF"]).map { $0 + "\n" }.joined()
  }

  private static func findingsByRule(_ assessment: Assessment) -> [Sample] {
    var counts: [String: Int] = [:]
    for finding in assessment.findings where finding.ignored == nil {
      counts[finding.rule.name, default: 0] += 1
    }
    return counts.sorted { $0.key < $1.key }.map { ([("rule", $0.key)], "\($0.value)") }
  }

  private static func pools(_ assessment: Assessment) -> [Sample] {
    var seen: Set<String> = []
    return assessment.snapshot.host.thinPools.flatMap { pool -> [Sample] in
      guard seen.insert(pool.mapping).inserted else { return [] }
      return [
        ("data", pool.usedDataBlocks, pool.totalDataBlocks),
        ("metadata", pool.usedMetadataBlocks, pool.totalMetadataBlocks),
      ].compactMap { part, used, total in
        guard total > 0, used >= 0 else { return nil }
        // Four decimals: numbers are formatted by our own code.
        let share = min(1, Double(used) / Double(total))
        let parts = Int((share * 10_000).rounded())
        let digits = String(parts % 10_000)
        let fraction = String(repeating: "0", count: 4 - digits.count) + digits
        return ([("pool", pool.mapping), ("part", part)], "\(parts / 10_000).\(fraction)")
      }
    }
  }

  /// `node="pve1",class="valid"`, without labels that are empty.
  private static func text(of labels: [(String, String)]) -> String {
    labels.filter { !$0.1.isEmpty }.map { "\($0.0)=\"\(escaped($0.1))\"" }.joined(separator: ",")
  }

  /// A label's value: control characters shown as on a terminal, then backslashes and quotes escaped.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in TerminalText.escaped(text).unicodeScalars {
      if scalar == "\\" || scalar == "\"" { result += "\\" }
      result.unicodeScalars.append(scalar)
    }
    return result
  }
}
