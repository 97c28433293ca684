import Analysis
import BundleFormat
import NodeState

/// Counts and grades.
extension AssessmentJSON {
  func writeSummary(to json: inout JSONWriter) {
    let summary = assessment.summary
    json.key(literal: "summary")
    json.beginObject()
    json.member("mappings", summary.mappings?.total)
    json.member("guestMappings", summary.mappings?.ofGuests)
    for classification in [
      Classification.valid, .stale, .orphaned, .duplicate, .wrong, .unknown, .other,
    ] {
      json.key(classification.rawValue)
      json.value(summary.mappings?.classes[classification])
    }
    json.member("missing", summary.missing)
    json.member("missingNormal", summary.missingNormal)
    json.member("issues", summary.issues)
    json.member("ignored", summary.ignored)
    json.endObject()
  }

  func writeGrade(_ grade: Grade, to json: inout JSONWriter) {
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
  func writeComparison(_ opinion: PredecessorOpinion, to json: inout JSONWriter) {
    let isKnown = opinion.gap == nil
    json.key(literal: "v27")
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
