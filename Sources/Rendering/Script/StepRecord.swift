import Analysis

/// A step as one line of the script: fields that are separated by bars.
struct StepRecord {
  let number: Int
  /// The number of the step whose partition it removes; nil for a step of its own.
  let parent: Int?
  let step: RemediationStep

  /// The plan's steps in order, each after its partitions.
  static func all(of plan: RemediationPlan) -> [StepRecord] {
    var records: [StepRecord] = []
    var number = 0
    for step in plan.phase1 + plan.phase2 {
      let own = number + step.children.count + 1
      for child in step.children {
        number += 1
        records.append(StepRecord(number: number, parent: own, step: child))
      }
      number = own
      records.append(StepRecord(number: own, parent: nil, step: step))
    }
    return records
  }

  var text: String {
    let fields = [
      "\(number)", "\(step.phase)", parent.map { "\($0)" } ?? "", step.rule.name, action,
      step.mapping, step.uuid ?? "", expected(.attributes), volume, volumeName, namesake,
      expected(.groupSequence), expected(.quorate), all(.guestIdle), configurations,
      all(.attachedAs), expected(.extents), expected(.physicalVolume), expected(.group), table,
    ]
    return fields.joined(separator: "|")
  }

  private var action: String {
    switch step.argv.prefix(3) {
    case ["lvchange", "-an", "-S"]: "deactivate"
    case ["dmsetup", "remove", "-u"]: "remove-by-uuid"
    default: "remove-by-name"
    }
  }

  private func expected(_ kind: Precondition.Kind) -> String {
    step.preconditions.first { $0.kind == kind }?.expected ?? ""
  }

  private func all(_ kind: Precondition.Kind) -> String {
    step.preconditions.filter { $0.kind == kind }.map(\.expected).joined(separator: " ")
  }

  /// `present GROUPUUID VOLUMEUUID`, or `absent …`.
  private var volume: String {
    expected(.volume).split(separator: " ").prefix(3).joined(separator: " ")
  }

  /// The volume's name, that no other guest's configuration may name.
  private var volumeName: String {
    expected(.namedBy).split(separator: " ", omittingEmptySubsequences: false).first
      .map(String.init) ?? ""
  }

  /// The uuid of the living volume of that name.
  private var namesake: String {
    expected(.namesake).split(separator: " ").first.map(String.init) ?? ""
  }

  /// `NODE/qemu-server/ID.conf=DIGEST`, separated by blanks.
  private var configurations: String {
    step.preconditions.filter { $0.kind == .liveDigest }
      .map { $0.expected.split(separator: " ").joined(separator: "=") }.joined(separator: " ")
  }

  private var table: String {
    expected(.table).split(separator: "\n").joined(separator: ";")
  }
}
