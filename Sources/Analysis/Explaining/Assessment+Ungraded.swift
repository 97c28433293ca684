import NodeState

/// Why a node has no grade.
public enum UngradedReason: Sendable {
  /// The mappings themselves are unknown.
  case mappingsUnread
  case quorumLost
  /// Positions in ``Inventory/mappings``, in their order, of those that could not be judged.
  case unjudged([Int])
  /// The policy asks a source that is not there.
  case policyLacks(Gap)
}

extension Assessment {
  /// Everything that keeps the node from having a grade; empty where it has one.
  public var ungradedReasons: [UngradedReason] {
    guard grade.letter == nil else { return [] }
    if policy == .v27 { return predecessor?.gap.map { [.policyLacks($0)] } ?? [] }
    var reasons: [UngradedReason] = []
    if !snapshot.areMappingsRead { reasons.append(.mappingsUnread) }
    if findings.contains(where: { $0.rule === Rule.quorumLost }) { reasons.append(.quorumLost) }
    let unjudged = verdicts.indices.filter {
      verdicts[$0].rule === Rule.guestsUnknown || verdicts[$0].rule === Rule.volumesUnknown
    }
    if !unjudged.isEmpty { reasons.append(.unjudged(unjudged)) }
    return reasons
  }
}
