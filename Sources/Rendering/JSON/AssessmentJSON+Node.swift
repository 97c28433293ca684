import Analysis
import BundleFormat
import NodeState

/// Who says what of which node, from which sources.
extension AssessmentJSON {
  static func writeTool(to json: inout JSONWriter) {
    json.key(literal: "tool")
    json.beginObject(onOneLine: true)
    json.member("name", "dmanalyze")
    json.member("version", Release.version)
    json.endObject()
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

  func writeSource(_ source: SourceStatus, to json: inout JSONWriter) {
    json.beginObject(onOneLine: true)
    json.member("id", source.id.rawValue)
    json.member("status", source.status.rawValue)
    json.member("detail", source.detail)
    json.key(literal: "neededFor")
    json.value(needs.rules(for: source.id))
    json.member(
      "obtainWith",
      source.status == .present
        ? nil : SourceCommand.text(for: source.id, in: assessment.snapshot.bundle.manifest))
    json.endObject()
  }
}
