import Analysis
import BundleFormat

/// The name of a plan: the same steps have the same one, in report, mail and script.
public struct PlanDigest: Hashable, Sendable {
  /// 64 lower-case hexadecimal digits.
  public let hex: String

  /// Takes the SHA-256 of the plan as the assessment's JSON has it, steps and refusals alike.
  public init(of plan: RemediationPlan) {
    var json = JSONWriter()
    json.beginObject()
    PlanJSON(plan).write(to: &json)
    json.endObject()
    hex = SHA256.digest(of: json.bytes).hex
  }
}
