import Analysis
import BundleFormat
import NodeState
import Threads

/// An assessment as JSON, schema `dmanalyze.assessment/1`.
///
/// Every key is always there; what is not known is null.
public struct AssessmentJSON: Sendable {
  public static let schema = "dmanalyze.assessment/1"
  private let assessment: Assessment
  private let mentions: RuleNeeds

  public init(_ assessment: Assessment) {
    self.assessment = assessment
    mentions = RuleNeeds()
  }

  /// How much is written before it is handed over.
  private static let partBytes = 65_536

  /// The document, with a line break at its end.
  public var bytes: [UInt8] {
    var json = JSONWriter(pretty: true)
    json.reserveCapacity(64_000 + 1_400 * assessment.verdicts.count)
    write(to: &json) { _ in }
    json.endDocument()
    return json.bytes
  }

  /// Hands the document over in parts: a big node's is as large as all else that is in memory.
  ///
  /// - Returns: False as soon as `take` returned false.
  public func write(inParts take: ([UInt8]) -> Bool) -> Bool {
    var json = JSONWriter(pretty: true)
    json.reserveCapacity(Self.partBytes + Self.partBytes / 4)
    var isTaken = true
    write(to: &json) { json in
      if json.bytes.count >= Self.partBytes { json.drain { isTaken = isTaken && take($0) } }
    }
    json.endDocument()
    return isTaken && take(json.bytes)
  }

  /// Several assessments in one document, schema `dmanalyze.assessments/1`.
  public static func bytes(of assessments: [AssessmentJSON]) -> [UInt8] {
    var json = JSONWriter(pretty: true)
    json.beginObject()
    json.key(literal: "schema")
    json.value("dmanalyze.assessments/1")
    json.key(literal: "assessments")
    json.beginArray()
    for assessment in assessments { assessment.write(to: &json) { _ in } }
    json.endArray()
    json.endObject()
    json.endDocument()
    return json.bytes
  }

  /// - Parameter drain: Called between members of the long lists.
  private func write(to json: inout JSONWriter, drain: (inout JSONWriter) -> Void) {
    json.beginObject()
    json.member("schema", Self.schema)
    Self.writeTool(to: &json)
    json.member("policy", assessment.policy.rawValue)
    writeBundle(to: &json)
    writeNode(to: &json)
    json.array("sources", assessment.snapshot.sources) { writeSource($1, to: &$0) }
    writeList("mappings", count: assessment.verdicts.count, to: &json, drain: drain) {
      writeMapping(at: $0, to: &$1)
    }
    json.array("missing", assessment.missing) { json, row in
      writeMissing(row, to: &json)
      drain(&json)
    }
    writeList("findings", count: assessment.findings.count, to: &json, drain: drain) {
      writeFinding(assessment.findings[$0], to: &$1)
    }
    writeSummary(to: &json)
    writeGrade(assessment.grade, to: &json)
    json.key(literal: "metrics")
    MetricsJSON(assessment.snapshot.host.metrics).write(to: &json)
    PlanJSON(assessment.plan).write(to: &json)
    if let comparison { writeComparison(comparison, to: &json) }
    json.endObject()
  }

  static func writeTool(to json: inout JSONWriter) {
    json.key(literal: "tool")
    json.beginObject(onOneLine: true)
    json.member("name", "dmanalyze")
    json.member("version", Release.version)
    json.endObject()
  }

  /// How many members of a long list one thread writes before the two are joined: some 256 KiB.
  private static let membersAtOnce = 192

  /// Writes a long list, on two threads where it is one.
  private func writeList(
    _ name: StaticString, count: Int, to json: inout JSONWriter,
    drain: (inout JSONWriter) -> Void, write: @Sendable (Int, inout JSONWriter) -> Void
  ) {
    json.key(literal: name)
    json.beginArray()
    var next = 0
    while next < count {
      let middle = min(next + Self.membersAtOnce, count)
      let end = min(middle + Self.membersAtOnce, count)
      let start = json.continuation()
      let ((), other) = Parallel.both(ifWorthwhile: end - middle >= Self.membersAtOnce / 2) {
        for position in next..<middle { write(position, &json) }
      } _: {
        var part = start
        for position in middle..<end { write(position, &part) }
        return part
      }
      json.append(other)
      drain(&json)
      next = end
    }
    json.endArray()
  }

  func writeBundle(to json: inout JSONWriter) {
    let bundle = assessment.snapshot.bundle
    json.key(literal: "bundle")
    json.beginObject()
    json.member("sha256", bundle.sha256)
    json.member("format", bundle.manifest.format)
    json.member("source", bundle.manifest.tool.name)
    json.member("collectedAt", bundle.manifest.collectedAt.description)
    json.endObject()
  }

  func writeNode(to json: inout JSONWriter) {
    let node = assessment.snapshot.bundle.manifest.node
    json.key(literal: "node")
    json.beginObject()
    json.member("name", assessment.inventory.nodeName)
    json.member("cluster", assessment.snapshot.membership.value?.cluster?.name ?? node.cluster)
    json.member("bootID", node.bootID)
    json.member("pveVersion", assessment.snapshot.host.pveVersion)
    json.member("kernel", assessment.snapshot.host.kernelRelease)
    json.endObject()
  }

  private func writeSource(_ source: SourceStatus, to json: inout JSONWriter) {
    json.beginObject(onOneLine: true)
    json.member("id", source.id.rawValue)
    json.member("status", source.status.rawValue)
    json.member("detail", source.detail)
    json.key(literal: "neededFor")
    json.value(mentions.rules(for: source.id))
    json.member(
      "obtainWith",
      source.status == .present
        ? nil : SourceCommand.text(for: source.id, in: assessment.snapshot.bundle.manifest))
    json.endObject()
  }

  private func writeMapping(at position: Int, to json: inout JSONWriter) {
    let facts = assessment.inventory.mappings[position]
    let verdict = assessment.verdicts[position]
    let isGuests = verdict.classification != .other && facts.guestName != nil
    let storage = isGuests ? facts.storages.first : nil
    json.beginObject()
    json.member("name", facts.mapping.name)
    json.member("uuid", facts.mapping.uuid?.description)
    json.member("device", facts.mapping.device.description)
    json.member("openCount", facts.mapping.openCount)
    json.member("volumeGroup", facts.path?.group)
    json.member("logicalVolume", facts.path?.volume)
    json.member("storage", storage?.id)
    json.member("volume", storage.flatMap { id in facts.path.map { "\(id.id):\($0.volume)" } })
    json.key(literal: "guest")
    writeOwner(isGuests ? assessment.inventory.owner(of: facts) : nil, to: &json)
    json.member("class", verdict.classification.rawValue)
    json.member("rule", verdict.rule.name)
    json.member("severity", verdict.severity.name)
    json.member("why", verdict.why)
    writeEvidence(verdict.evidence, to: &json)
    if let comparison {
      json.key("v27")
      json.value(comparison.words[position].map(\.rawValue))
    }
    json.endObject()
  }

  /// The predecessor's opinion beside another policy's.
  private var comparison: PredecessorOpinion? {
    assessment.policy == .v27 ? nil : assessment.predecessor
  }

  func writeOwner(_ owner: MappingOwner?, to json: inout JSONWriter) {
    guard let owner else { return json.null() }
    json.beginObject(onOneLine: true)
    json.member("id", owner.guest.number)
    json.member("kind", owner.kind?.rawValue)
    json.member("node", owner.node)
    json.member("state", owner.state.rawValue)
    json.endObject()
  }

  func writeEvidence(_ evidence: [Evidence], to json: inout JSONWriter) {
    json.key(literal: "evidence")
    json.beginArray()
    for item in evidence {
      EvidenceJSON(item, in: assessment.snapshot).write(to: &json)
    }
    json.endArray()
  }

  func writeMissing(_ row: MissingDisk, to json: inout JSONWriter) {
    json.beginObject()
    json.member("guest", row.guest.number)
    json.member("slot", row.slot)
    json.member("volume", row.volume)
    json.member("mapping", row.mapping)
    json.member("rule", row.rule.name)
    json.member("severity", row.severity.name)
    json.member("why", row.why)
    writeEvidence(row.evidence, to: &json)
    json.endObject()
  }

  private func writeFinding(_ finding: Finding, to json: inout JSONWriter) {
    json.beginObject()
    json.member("id", finding.id)
    json.member("rule", finding.rule.name)
    json.member("class", finding.rule.classification?.rawValue)
    json.member("severity", finding.severity.name)
    json.member("title", finding.rule.title)
    json.member("subject", finding.subject)
    json.member("why", finding.why)
    json.member("impact", finding.rule.explanation.harm)
    writeEvidence(finding.evidence, to: &json)
    json.key(literal: "remedy")
    json.beginObject()
    json.member("text", finding.remedy.text)
    json.key(literal: "commands")
    json.value(finding.remedy.commands.map(ShellWord.line))
    json.member("applicability", finding.remedy.applicability.rawValue)
    json.endObject()
    json.key("ignored")
    if let ignored = finding.ignored {
      json.beginObject(onOneLine: true)
      json.member("reason", ignored.reason)
      json.member("until", ignored.until)
      json.endObject()
    } else {
      json.null()
    }
    json.endObject()
  }

  private func writeSummary(to json: inout JSONWriter) {
    let summary = assessment.summary
    json.key(literal: "summary")
    json.beginObject()
    json.member("mappings", summary.mappings)
    json.member("guestMappings", summary.guestMappings)
    for classification in [
      Classification.valid, .stale, .orphaned, .duplicate, .wrong, .unknown, .other,
    ] {
      json.key(classification.rawValue)
      json.value(summary.counts[classification] ?? 0)
    }
    json.member("missing", summary.missing)
    json.member("missingNormal", summary.missingNormal)
    json.member("issues", summary.issues)
    json.member("ignored", summary.ignored)
    json.endObject()
  }

  private func writeGrade(_ grade: Grade, to json: inout JSONWriter) {
    json.key(literal: "grade")
    json.beginObject()
    json.member("letter", grade.letter?.name)
    json.member("score", grade.score)
    json.array("deductions", grade.deductions) { json, deduction in
      json.beginObject(onOneLine: true)
      json.member("reason", deduction.reason)
      json.member("points", deduction.points)
      json.endObject()
    }
    json.key(literal: "cap")
    if let cap = grade.cap {
      json.beginObject(onOneLine: true)
      json.member("letter", cap.letter.name)
      json.member("finding", cap.finding)
      json.endObject()
    } else {
      json.null()
    }
    json.member("afterCleanup", grade.afterCleanup?.name)
    json.member("withIgnored", grade.withIgnored?.name)
    json.member("status", grade.status)
    json.endObject()
  }

  /// What the predecessor says of the whole node; null counts where it could not have judged.
  private func writeComparison(_ opinion: PredecessorOpinion, to json: inout JSONWriter) {
    let isKnown = opinion.gap == nil
    json.key("v27")
    json.beginObject()
    json.member("gap", opinion.gap?.description)
    json.member("valid", isKnown ? opinion.valid : nil)
    json.member("stale", isKnown ? opinion.stale : nil)
    json.member("orphaned", isKnown ? opinion.orphaned : nil)
    json.member("duplicate", isKnown ? 0 : nil)
    json.member("missing", isKnown ? opinion.missing.count : nil)
    json.member("issues", isKnown ? opinion.issues : nil)
    writeGrade(opinion.grade, to: &json)
    json.endObject()
  }
}
