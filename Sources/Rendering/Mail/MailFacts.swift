import Analysis
import BundleFormat
import NodeState

/// What a mail says of a node, in words that are safe to show: both parts are written from it.
struct MailFacts {
  let node: String
  let cluster: String?
  let collectedAt: String
  /// `PVE 8.4.0, kernel 6.1.176`; empty where unknown.
  let versions: String
  let grade: MailGrade
  /// What counts, worst first, without severities that nothing has.
  let counts: [SeverityCount]
  /// Findings that an ignore list sets aside.
  let ignored: Int
  /// Mappings of class unknown; nil where they could not be read.
  let unjudged: Int?
  let groups: [MailGroup]
  /// What stands in no group above: `3 critical, 41 warnings`; nil when all is shown.
  let more: String?
  let mappings: [Row]
  let plan: [String]
  let planDigest: String
  let gaps: [SourceGap]
  /// How many gaps are not among ``gaps``.
  let moreGaps: Int
  let host: [HostFigure]
  /// What is attached, and what is not.
  let notes: [String]
  /// `2f1a…`; nil for a folder.
  let bundle: String?

  struct SeverityCount: Equatable {
    let severity: Severity
    let count: Int

    /// `2 warnings`; critical has no plural.
    var words: String {
      "\(count) \(severity.name)" + (severity == .critical || count == 1 ? "" : "s")
    }
  }

  struct Row: Equatable {
    let label: String
    let value: String
  }

  struct SourceGap: Equatable {
    let source: String
    let reason: String
    let command: String
  }

  init(_ assessment: Assessment, notes: [String]) {
    let snapshot = assessment.snapshot
    node = Clipping.clipped(assessment.inventory.nodeName, to: 64)
    cluster = (snapshot.membership.value?.cluster?.name ?? snapshot.bundle.manifest.node.cluster)
      .map { Clipping.clipped($0, to: 64) }
    collectedAt = snapshot.bundle.manifest.collectedAt.description
    versions = [
      snapshot.host.pveVersion.map { "PVE \(Clipping.clipped($0, to: 40))" },
      snapshot.host.kernelRelease.map { "kernel \(Clipping.clipped($0, to: 60))" },
    ].compactMap { $0 }.joined(separator: ", ")
    let counting = assessment.findings.filter { $0.ignored == nil }
    counts = Self.counts(of: counting.lazy.map(\.severity))
    ignored = assessment.findings.count - counting.count
    unjudged = assessment.summary.mappings?.classes[.unknown]
    grade = MailGrade(of: assessment)
    (groups, more) = MailGroup.selection(of: counting)
    mappings = Self.mappings(of: assessment.summary)
    plan = Self.plan(of: assessment)
    planDigest = PlanDigest(of: assessment.plan).hex
    let gaps = snapshot.sources.filter(\.isRequiredGap)
    self.gaps = gaps.prefix(6).map { Self.gap($0, snapshot.bundle.manifest) }
    moreGaps = gaps.count - self.gaps.count
    host = HostFigure.all(of: snapshot.host.metrics)
    self.notes = notes
    bundle = snapshot.bundle.sha256
  }

  /// How many there are of each severity, worst first.
  static func counts(of severities: some Sequence<Severity>) -> [SeverityCount] {
    var counts: [Severity: Int] = [:]
    for severity in severities { counts[severity, default: 0] += 1 }
    return Severity.allCases.reversed().compactMap { severity in
      counts[severity].map { SeverityCount(severity: severity, count: $0) }
    }
  }

  /// `3 critical, 9 warnings, 1 notice`; `no findings`.
  var countsInWords: String {
    counts.isEmpty ? "no findings" : counts.map(\.words).joined(separator: ", ")
  }

  private static func mappings(of summary: Summary) -> [Row] {
    func word(_ count: Int?) -> String { count.map { "\($0)" } ?? "unknown" }
    var rows = [Row(label: "total", value: word(summary.mappings?.total))]
    for classification in Classification.allCases {
      let count = summary.mappings?.classes[classification] ?? 0
      if count > 0 { rows.append(Row(label: classification.rawValue, value: "\(count)")) }
    }
    rows.append(Row(label: "missing disks", value: word(summary.missing)))
    var faulty: Int?
    if let classes = summary.mappings?.classes, let missing = summary.missing {
      faulty = missing + classes[.orphaned] + classes[.duplicate] + classes[.wrong]
    }
    rows.append(Row(label: "faulty or missing", value: word(faulty)))
    return rows
  }

  private static func plan(of assessment: Assessment) -> [String] {
    let plan = assessment.plan
    if assessment.policy == .v27 { return ["By v27's rules nothing is proposed."] }
    var lines: [String] = []
    if !plan.phase1.isEmpty {
      lines.append(
        "Phase 1, without questions: \(ReportWords.count(of: plan.phase1, "removal")) of what LVM knows and nobody uses."
      )
    }
    if !plan.phase2.isEmpty {
      lines.append("Phase 2, one question each: \(ReportWords.count(of: plan.phase2, "removal")).")
    }
    if let first = plan.refused.first {
      let more = plan.refused.count - 1
      let rest = more > 0 ? ", and \(more) more" : ""
      lines.append(
        "Refused: \(Clipping.clipped(first.mapping, to: 140)), since "
          + "\(Clipping.clipped(first.why, to: 160))\(rest).")
    }
    guard !plan.phase1.isEmpty || !plan.phase2.isEmpty else {
      return lines + ["Nothing that a script could remove."]
    }
    return lines
      + [
        "Write the script with dmanalyze script BUNDLE -o cleanup.sh, copy it to the node and run "
          + "it: without options it only checks."
      ]
  }

  private static func gap(_ status: SourceStatus, _ manifest: Manifest) -> SourceGap {
    SourceGap(
      source: status.id.rawValue,
      reason: Clipping.clipped(status.detail ?? status.status.rawValue, to: 160),
      command: Clipping.clipped(SourceCommand.text(for: status.id, in: manifest), to: 200))
  }
}
