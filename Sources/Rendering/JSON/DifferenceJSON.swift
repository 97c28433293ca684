import Analysis
import BundleFormat
import NodeState

/// Two bundles of one node beside each other, schema `dmanalyze.diff/1`.
///
/// Every key is always there; what is not known is null.
public struct DifferenceJSON: Sendable {
  public static let schema = "dmanalyze.diff/1"
  private let comparison: NodeComparison

  public init(_ comparison: NodeComparison) { self.comparison = comparison }

  /// The document, with a line break at its end.
  public var bytes: [UInt8] {
    var json = JSONWriter(pretty: true)
    json.beginObject()
    json.member("schema", Self.schema)
    json.member("node", comparison.new.inventory.nodeName)
    json.key("rebooted")
    json.value(comparison.isRebooted)
    json.key("closed")
    json.value(comparison.isClosed)
    write("old", comparison.old, to: &json)
    write("new", comparison.new, to: &json)
    json.key("plan")
    json.beginObject()
    json.member("digest", comparison.plan)
    json.array("steps", comparison.fates) { write($1, to: &$0) }
    json.endObject()
    writeJournal(to: &json)
    json.array("gone", comparison.goneOtherwise) { write($1, to: &$0) }
    json.array("added", comparison.added) { write($1, to: &$0) }
    json.array("changed", comparison.changed) { write($1, to: &$0) }
    json.array("findingsCome", comparison.findingsCome) { write($1, formerly: nil, to: &$0) }
    json.array("findingsGone", comparison.findingsGone) { write($1, formerly: nil, to: &$0) }
    json.array("findingsChanged", comparison.findingsChanged) { json, change in
      write(change.new, formerly: change.old.severity, to: &json)
    }
    json.endObject()
    json.endDocument()
    return json.bytes
  }

  private func write(
    _ name: StaticString, _ assessment: Assessment, to json: inout JSONWriter
  ) {
    let bundle = assessment.snapshot.bundle
    json.key(literal: name)
    json.beginObject()
    json.member("sha256", bundle.sha256)
    json.member("collectedAt", bundle.manifest.collectedAt.description)
    json.member("mappings", assessment.summary.mappings?.total)
    json.member("grade", assessment.grade.letter?.name)
    json.member("afterCleanup", assessment.grade.afterCleanup?.name)
    json.endObject()
  }

  private func write(_ fate: PlannedFate, to json: inout JSONWriter) {
    json.beginObject()
    json.member("mapping", fate.step.mapping)
    json.member("uuid", fate.step.uuid)
    json.member("parent", fate.parent)
    json.member("rule", fate.step.rule.name)
    json.member("phase", fate.step.phase)
    json.member("standing", fate.standing.rawValue)
    json.member("outcome", fate.last?.outcome.rawValue)
    json.member("time", fate.last?.time.description)
    json.member("words", fate.last?.words)
    json.endObject()
  }

  private func writeJournal(to json: inout JSONWriter) {
    json.key("journal")
    guard let journal = comparison.journal else { return json.null() }
    json.beginObject()
    json.member("used", journal.used)
    json.member("others", journal.others)
    json.array("faults", journal.faults) { json, fault in
      json.beginObject(onOneLine: true)
      json.member("line", fault.line)
      json.member("what", fault.what)
      json.endObject()
    }
    json.endObject()
  }

  private func write(_ change: NodeComparison.MappingChange, to json: inout JSONWriter) {
    json.beginObject()
    json.member("mapping", change.mapping.name)
    json.member("uuid", change.mapping.uuid?.description)
    json.member("formerName", change.formerName)
    json.member("ruleBefore", change.before?.rule.name)
    json.member("ruleNow", change.now?.rule.name)
    json.member("severityBefore", change.before?.severity.name)
    json.member("severityNow", change.now?.severity.name)
    json.endObject()
  }

  private func write(
    _ finding: Finding, formerly severity: Severity?, to json: inout JSONWriter
  ) {
    json.beginObject()
    json.member("id", finding.id)
    json.member("severity", finding.severity.name)
    json.member("severityBefore", severity?.name)
    json.member("why", finding.why)
    json.endObject()
  }
}
