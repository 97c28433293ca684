/// A rule that fits something of the node: a pool, a group, a source, the node itself.
struct NodeMatch: Sendable {
  let subject: String
  let severity: Severity?
  let why: String
  let evidence: [Evidence]

  init(_ subject: String, _ why: String, severity: Severity? = nil, evidence: [Evidence] = []) {
    self.subject = subject
    self.severity = severity
    self.why = why
    self.evidence = evidence
  }
}
