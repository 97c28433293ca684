import Analysis
import BundleFormat
import NodeState

/// Disks without mappings, and findings.
extension AssessmentJSON {
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

  func writeFinding(_ finding: Finding, to json: inout JSONWriter) {
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
    json.key(literal: "ignored")
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
}
