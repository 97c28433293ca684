import Analysis
import BundleFormat
import NodeState

/// The path of a decision as JSON, schema `dmanalyze.explanation/1`.
///
/// Of `mapping`, `volume` and `guest` one is an object, by what was asked for. Every key is always there.
public struct ExplanationJSON: Sendable {
  public static let schema = "dmanalyze.explanation/1"
  private let explanation: Explanation
  let assessment: Assessment
  let parts: AssessmentJSON

  public init(_ explanation: Explanation, of assessment: Assessment) {
    self.explanation = explanation
    self.assessment = assessment
    parts = AssessmentJSON(assessment)
  }

  /// The document, with a line break at its end.
  public var bytes: [UInt8] {
    var json = JSONWriter(pretty: true)
    json.beginObject()
    json.member("schema", Self.schema)
    AssessmentJSON.writeTool(to: &json)
    parts.writeBundle(to: &json)
    parts.writeNode(to: &json)
    var mapping: MappingExplanation?
    var volume: VolumeExplanation?
    var guest: GuestExplanation?
    switch explanation {
    case .mapping(let one): mapping = one
    case .volume(let one): volume = one
    case .guest(let one): guest = one
    }
    json.key(literal: "mapping")
    if let mapping { write(mapping, to: &json) } else { json.null() }
    json.key(literal: "volume")
    if let volume { write(volume, to: &json) } else { json.null() }
    json.key(literal: "guest")
    if let guest { write(guest, to: &json) } else { json.null() }
    json.endObject()
    json.endDocument()
    return json.bytes
  }

  func write(_ mapping: MappingExplanation, to json: inout JSONWriter) {
    let facts = mapping.facts
    let verdict = mapping.path.verdict
    json.beginObject()
    json.member("name", facts.mapping.name)
    json.member("uuid", facts.mapping.uuid?.description)
    json.member("device", facts.mapping.device.description)
    json.member("openCount", facts.mapping.openCount)
    json.member("ownOpenCount", facts.ownOpenCount)
    json.member("volumeGroup", facts.path?.group)
    json.member("logicalVolume", facts.path?.volume)
    json.key(literal: "storages")
    json.value(facts.storages.map(\.id))
    json.key(literal: "guest")
    parts.writeOwner(mapping.owner, to: &json)
    json.member("class", verdict.classification.rawValue)
    json.member("rule", verdict.rule.name)
    json.member("severity", verdict.severity.name)
    json.member("why", verdict.why)
    parts.writeEvidence(verdict.evidence, to: &json)
    json.array("questions", mapping.path.questions) { write($1, to: &$0) }
    let others = mapping.findings.filter { $0.rule.name != verdict.rule.name }
    json.array("otherFindings", others) { json, finding in
      json.beginObject()
      json.member("id", finding.id)
      json.member("severity", finding.severity.name)
      json.member("why", finding.why)
      parts.writeEvidence(finding.evidence, to: &json)
      json.endObject()
    }
    json.array("doubts", mapping.doubts) { write($1, to: &$0) }
    write(mapping.step, to: &json)
    json.key(literal: "remedy")
    json.beginObject()
    json.member("text", mapping.remedy)
    let wrong = verdict.rule.explanation.wrongRemedy
    json.member("wrong", wrong.isEmpty ? nil : wrong)
    json.endObject()
    json.endObject()
  }

  private func write(_ question: DecisionPath.Question, to json: inout JSONWriter) {
    json.beginObject()
    switch question.topic {
    case .rule(let rule):
      json.member("kind", "rule")
      json.member("about", rule.name)
      json.member("title", rule.title)
    case .proof(let proof):
      json.member("kind", "proof")
      json.member("about", proof.shortName)
      json.member("title", proof.title)
    }
    let (answer, why, evidence): (String, String?, [Evidence]) =
      switch question.answer {
      case .yes(let why, let evidence): ("yes", why, evidence)
      case .no(let why): ("no", why, [])
      case .undecidable(let why): ("unknown", why, [])
      }
    json.member("answer", answer)
    json.member("why", why)
    parts.writeEvidence(evidence, to: &json)
    json.endObject()
  }

  private func write(_ doubt: SourceDoubt, to json: inout JSONWriter) {
    json.beginObject(onOneLine: true)
    json.member("source", doubt.source.rawValue)
    json.member("reason", doubt.reason)
    json.key(literal: "neededFor")
    json.value(doubt.neededFor)
    json.member(
      "obtainWith",
      SourceCommand.text(for: doubt.source, in: assessment.snapshot.bundle.manifest))
    json.endObject()
  }

  /// `planned`, `first` (a partition that goes before its parent), `refused` or `none`.
  private func write(_ standing: StepStanding, to json: inout JSONWriter) {
    let (word, why, step): (String, String?, RemediationStep?) =
      switch standing {
      case .planned(let step): ("planned", nil, step)
      case .goesBefore(let step): ("first", nil, step)
      case .refused(let why): ("refused", why, nil)
      case .none(let why): ("none", why, nil)
      }
    json.key(literal: "step")
    json.beginObject()
    json.member("standing", word)
    json.member("why", why)
    json.key(literal: "step")
    if let step { PlanJSON.write(step, to: &json) } else { json.null() }
    json.endObject()
  }
}
