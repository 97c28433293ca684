import Analysis
import BundleFormat
import NodeState

/// Assessments for pipelines that read static analysis: SARIF 2.1.0, one run a node.
///
/// Source: OASIS Static Analysis Results Interchange Format (SARIF) Version 2.1.0. A finding is a result
/// whose logical location is its subject; physical locations are files of the bundle.
public struct SARIFLog: Sendable {
  private let assessments: [Assessment]
  private let rules: [Rule]
  private let ruleIndexes: [String: Int]

  public init(_ assessments: [Assessment]) {
    self.assessments = assessments
    // An open and a closed recreated volume are one rule, since an id stands there once.
    var indexes: [String: Int] = [:]
    var rules: [Rule] = []
    for rule in Rule.all + assessments.flatMap({ $0.findings.map(\.rule) })
    where indexes[rule.name] == nil {
      indexes[rule.name] = rules.count
      rules.append(rule)
    }
    self.rules = rules
    ruleIndexes = indexes
  }

  /// The document, with a line break at its end.
  public var bytes: [UInt8] {
    var json = JSONWriter(pretty: true)
    json.beginObject()
    json.member("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
    json.member("version", "2.1.0")
    json.array("runs", assessments) { writeRun($1, to: &$0) }
    json.endObject()
    json.endDocument()
    return json.bytes
  }

  private func writeRun(_ assessment: Assessment, to json: inout JSONWriter) {
    let node = assessment.inventory.nodeName
    json.beginObject()
    json.key(literal: "tool")
    json.beginObject()
    json.key(literal: "driver")
    json.beginObject()
    json.member("name", "dmanalyze")
    json.member("version", Release.version)
    json.array("rules", rules) { writeRule($1, to: &$0) }
    json.endObject()
    json.endObject()
    json.key(literal: "automationDetails")
    json.beginObject(onOneLine: true)
    json.member("id", "dmanalyze/\(SARIFLocation.uri(node))/")
    json.endObject()
    json.key(literal: "columnKind")
    json.value("utf16CodeUnits")
    writeInvocation(assessment, to: &json)
    json.key(literal: "originalUriBaseIds")
    json.beginObject()
    json.key(literal: "BUNDLE")
    writeText("The folder of the bundle that dmcollect wrote.", as: "description", to: &json)
    json.endObject()
    json.array("results", assessment.findings) { writeResult($1, of: assessment, to: &$0) }
    json.key(literal: "properties")
    json.beginObject()
    json.member("node", node)
    json.member("collectedAt", assessment.snapshot.bundle.manifest.collectedAt.description)
    json.member("bundleSHA256", assessment.snapshot.bundle.sha256)
    json.member("grade", assessment.grade.letter?.name)
    json.endObject()
    json.endObject()
  }

  private func writeRule(_ rule: Rule, to json: inout JSONWriter) {
    json.beginObject()
    json.member("id", rule.name)
    json.key(literal: "shortDescription")
    writeMessage(rule.title, to: &json)
    json.key(literal: "fullDescription")
    writeMessage(rule.explanation.meaning + " " + rule.explanation.harm, to: &json)
    json.key(literal: "help")
    writeMessage(Self.help(for: rule), to: &json)
    json.key(literal: "defaultConfiguration")
    json.beginObject(onOneLine: true)
    json.member("level", Self.level(of: rule.severity))
    json.endObject()
    json.endObject()
  }

  /// What helps; of a rule with variants, what helps with each.
  private static func help(for rule: Rule) -> String {
    let variants = Rule.variants(named: rule.name)
    guard variants.count > 1 else { return remedy(of: rule) }
    return variants.map { "\($0.title): \(remedy(of: $0))" }.joined(separator: " ")
  }

  private static func remedy(of rule: Rule) -> String {
    let wrong = rule.explanation.wrongRemedy
    return rule.explanation.remedy + (wrong.isEmpty ? "" : " Not: \(wrong)")
  }

  /// Why; where the rule's help is of several variants, this one's, too.
  private static func message(of finding: Finding) -> String {
    let hasVariants = Rule.variants(named: finding.rule.name).count > 1
    return finding.why + (hasVariants ? " What helps: \(remedy(of: finding.rule))" : "")
  }

  /// Missing required sources are notifications: without them the run is not whole.
  private func writeInvocation(_ assessment: Assessment, to json: inout JSONWriter) {
    json.key(literal: "invocations")
    json.beginArray()
    json.beginObject()
    json.key(literal: "executionSuccessful")
    json.value(!assessment.lacksRequiredSource)
    let gaps = assessment.snapshot.sources.filter(\.isRequiredGap)
    json.array("toolExecutionNotifications", gaps) { json, gap in
      json.beginObject()
      json.member("level", "error")
      json.key(literal: "message")
      writeMessage("\(gap.id.rawValue): \(gap.detail ?? gap.status.rawValue)", to: &json)
      json.endObject()
    }
    json.endObject()
    json.endArray()
  }

  private func writeResult(
    _ finding: Finding, of assessment: Assessment, to json: inout JSONWriter
  ) {
    json.beginObject()
    json.member("ruleId", finding.rule.name)
    json.member("ruleIndex", ruleIndexes[finding.rule.name] ?? 0)
    json.member("level", Self.level(of: finding.severity))
    json.key(literal: "message")
    writeMessage(Self.message(of: finding), to: &json)
    let places = finding.evidence.filter { $0.location != nil }
    json.key(literal: "locations")
    json.beginArray()
    SARIFLocation(places.first, of: assessment).write(naming: finding.subject, to: &json)
    json.endArray()
    json.array("relatedLocations", Array(places.dropFirst())) { json, place in
      SARIFLocation(place, of: assessment).write(naming: nil, to: &json)
    }
    json.key(literal: "partialFingerprints")
    json.beginObject(onOneLine: true)
    json.member("finding/v1", "\(assessment.inventory.nodeName)/\(finding.id)")
    json.endObject()
    json.key(literal: "suppressions")
    json.beginArray()
    if let ignored = finding.ignored {
      json.beginObject(onOneLine: true)
      json.member("kind", "external")
      json.member("justification", ignored.reason)
      json.endObject()
    }
    json.endArray()
    json.key(literal: "properties")
    json.beginObject()
    json.member("severity", finding.severity.name)
    json.member("remedy", finding.remedy.text)
    json.endObject()
    json.endObject()
  }

  private func writeText(_ text: String, as name: String, to json: inout JSONWriter) {
    json.beginObject()
    json.key(name)
    writeMessage(text, to: &json)
    json.endObject()
  }

  private func writeMessage(_ text: String, to json: inout JSONWriter) {
    json.beginObject(onOneLine: true)
    json.member("text", text.isEmpty ? "-" : text)
    json.endObject()
  }

  private static func level(of severity: Severity) -> String {
    switch severity {
    case .critical: "error"
    case .warning: "warning"
    case .notice: "note"
    case .info: "none"
    }
  }
}
