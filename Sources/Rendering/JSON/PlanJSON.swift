import Analysis
import BundleFormat

/// A plan as the assessment's member `plan`.
struct PlanJSON {
  let plan: RemediationPlan

  init(_ plan: RemediationPlan) { self.plan = plan }

  func write(to json: inout JSONWriter) {
    json.key(literal: "plan")
    json.beginObject()
    json.array("phase1", plan.phase1) { Self.write($1, to: &$0) }
    json.array("phase2", plan.phase2) { Self.write($1, to: &$0) }
    json.array("refused", plan.refused) { json, refused in
      json.beginObject(onOneLine: true)
      json.member("mapping", refused.mapping)
      json.member("why", refused.why)
      json.endObject()
    }
    json.endObject()
  }

  static func write(_ step: RemediationStep, to json: inout JSONWriter) {
    json.beginObject()
    json.member("mapping", step.mapping)
    json.member("uuid", step.uuid)
    json.member("rule", step.rule.name)
    json.member("phase", step.phase)
    json.key(literal: "argv")
    json.value(step.argv)
    json.array("children", step.children) { write($1, to: &$0) }
    json.array("preconditions", step.preconditions) { json, precondition in
      json.beginObject(onOneLine: true)
      json.member("kind", precondition.kind.rawValue)
      json.member("expected", precondition.expected)
      json.endObject()
    }
    json.array("undo", step.undo) { $0.value($1) }
    json.member("applicability", step.applicability.rawValue)
    json.endObject()
  }
}
