import Analysis
import BundleFormat
import NodeState

/// An assessment as JSON, schema `dmanalyze.assessment/1`.
///
/// Every key is always there; what is not known is null.
public struct AssessmentJSON: Sendable {
  public static let schema = "dmanalyze.assessment/1"
  let assessment: Assessment
  let needs: RuleNeeds
  let evidence: EvidenceJSON
  let mappings: [MappingFacts]
  let verdicts: [Verdict]
  /// What the predecessor would have called each mapping, where it was asked beside another policy.
  let predecessorsWords: [[PredecessorOpinion.Word]]?

  public init(_ assessment: Assessment) {
    self.assessment = assessment
    needs = RuleNeeds()
    evidence = EvidenceJSON(assessment.snapshot)
    mappings = assessment.inventory.mappings
    verdicts = assessment.verdicts
    predecessorsWords = assessment.comparison?.words
  }

  /// The document, with a line break at its end.
  public var bytes: [UInt8] {
    var json = JSONWriter(pretty: true, capacity: 64_000 + 1_400 * verdicts.count)
    write(to: &json)
    json.endDocument()
    return json.bytes
  }

  /// Hands the document over in parts: a big node's is as large as all else that is in memory.
  ///
  /// - Parameter take: Called for one part at a time, on any of two threads.
  /// - Returns: False as soon as `take` returned false.
  public func write(to take: @escaping @Sendable (UnsafeRawBufferPointer) -> Bool) -> Bool {
    let end = DocumentPart(depth: 0, followsMembers: true) { $0.endDocument() }
    return DocumentPart.write(parts + [end], to: take)
  }

  /// Several assessments in one document, schema `dmanalyze.assessments/1`.
  public static func bytes(of assessments: [AssessmentJSON]) -> [UInt8] {
    var json = JSONWriter(pretty: true)
    json.beginObject()
    json.key(literal: "schema")
    json.value("dmanalyze.assessments/1")
    json.key(literal: "assessments")
    json.beginArray()
    for assessment in assessments { assessment.write(to: &json) }
    json.endArray()
    json.endObject()
    json.endDocument()
    return json.bytes
  }

  private func write(to json: inout JSONWriter) {
    for part in parts { part.write(&json) }
  }

  /// The document from brace to brace: the long lists, and what stands before, between and after them.
  private var parts: [DocumentPart] {
    let missing = assessment.missing.count
    let findings = assessment.findings.count
    var parts = [DocumentPart(depth: 0, followsMembers: false, write: writeStart)]
    parts += DocumentPart.members(verdicts.count, atDepth: 2) { writeMapping(at: $0, to: &$1) }
    parts.append(
      DocumentPart(depth: 2, followsMembers: !verdicts.isEmpty) { json in
        json.endArray()
        json.key(literal: "missing")
        json.beginArray()
      })
    parts += DocumentPart.members(missing, atDepth: 2) {
      writeMissing(assessment.missing[$0], to: &$1)
    }
    parts.append(
      DocumentPart(depth: 2, followsMembers: missing > 0) { json in
        json.endArray()
        json.key(literal: "findings")
        json.beginArray()
      })
    parts += DocumentPart.members(findings, atDepth: 2) {
      writeFinding(assessment.findings[$0], to: &$1)
    }
    parts.append(DocumentPart(depth: 2, followsMembers: findings > 0, write: writeEnd))
    return parts
  }

  /// Writes what stands before the first mapping.
  @Sendable private func writeStart(to json: inout JSONWriter) {
    json.beginObject()
    json.member("schema", Self.schema)
    Self.writeTool(to: &json)
    json.member("policy", assessment.policy.rawValue)
    writeBundle(to: &json)
    writeNode(to: &json)
    json.array("sources", assessment.snapshot.sources) { writeSource($1, to: &$0) }
    json.key(literal: "mappings")
    json.beginArray()
  }

  /// Writes what stands after the last finding.
  @Sendable private func writeEnd(to json: inout JSONWriter) {
    json.endArray()
    writeSummary(to: &json)
    writeGrade(assessment.grade, to: &json)
    json.key(literal: "metrics")
    MetricsJSON(assessment.snapshot.host.metrics).write(to: &json)
    PlanJSON(assessment.plan).write(to: &json)
    if let comparison = assessment.comparison { writeComparison(comparison, to: &json) }
    json.endObject()
  }
}
