import Analysis
import BundleFormat
import NodeState

/// The comment that opens a script: what it is, from what, what it may do, how to undo it.
struct ScriptHeader {
  private let assessment: Assessment

  init(_ assessment: Assessment) { self.assessment = assessment }

  var text: String {
    let bundle = assessment.snapshot.bundle
    let end = Timestamp(assessment.plan.nodeExpectations[.notAfter] ?? "")?.description ?? "never"
    let origin = bundle.sha256.map { "SHA-256 \($0)" } ?? "a folder"
    let lines =
      [
        "Cleanup of leftover device-mapper mappings on node \(assessment.inventory.nodeName)", "",
        "Made by dmanalyze \(Release.version) from the bundle of \(bundle.manifest.collectedAt)",
        "(\(origin)).",
        "Plan \(PlanDigest(of: assessment.plan).hex).",
        "It acts on this node alone, until its next boot and not after \(end).", "",
      ] + Self.purpose + whatItDoes + Self.manners
    return Self.beginning
      + lines.map { $0.isEmpty ? "#\n" : "# \(TerminalText.escaped($0))\n" }.joined()
  }

  /// The second line stands until the last one was read: a copy that was cut off does nothing, and says so.
  static let beginning = #"""
    #!/bin/sh
    trap 'printf "%s\n" "This script is not whole: nothing was done." >&2; exit 1' EXIT

    """#

  private static let purpose = [
    "Run without options it checks each step on the node and changes nothing; --help has the rest.",
    "Right before it acts on a mapping it proves again: host, machine and boot; pmxcfs, and quorum",
    "for shared storage; uuid, table, attributes, open count, holders, mounts and swap; no process,",
    "lock or task of its guest, and its configuration as it was; LVM's metadata as it was. What is",
    "no longer so is left alone. It acts by uuid, or by name where there is none, looks again, and",
    "stops if anything else changed.",
    "",
  ]

  private static let manners = [
    "",
    "deactivate     lvchange -an of the volume with these uuids: its data and its metadata stay",
    "remove-by-uuid dmsetup remove of the mapping with this uuid, which LVM no longer knows",
    "remove-by-name dmsetup remove of a mapping that has no uuid", "",
    "Before each removal the way back is written to /var/lib/dmtools/undo-TIME; --undo with that file",
    "puts back what the run removed.",
    "Every step is logged to /var/log/dmtools-cleanup.log and to syslog.",
  ]

  /// How many steps of which rule and action there are in each phase.
  private var whatItDoes: [String] {
    let plan = assessment.plan
    var lines: [String] = []
    let phases = [(plan.phase1, "without questions"), (plan.phase2, "one question each")]
    for (position, (steps, manner)) in phases.enumerated() where !steps.isEmpty {
      lines.append("Phase \(position + 1), \(manner): \(ReportWords.count(of: steps, "step"))")
      let rules = Dictionary(grouping: steps, by: \.rule.name)
      for (name, steps) in rules.sorted(by: { $0.key < $1.key }) {
        lines.append("  \(steps.count) x \(name): \(steps[0].rule.title)")
      }
    }
    return lines
  }
}
