import BundleFormat
import NodeState

extension Rule {
  /// Something that a verdict needs was not collected, or proves nothing.
  static let sourceMissing = Rule(
    "source-missing", nil, .warning, title: "A source is missing",
    RuleExplanation(
      meaning: "A required source is missing, damaged or not to be trusted.",
      harm: "What depends on it is unknown, and nothing is offered for it.",
      cause: "A service was down, a command hung or failed, or the bundle was cut or altered.",
      remedy: "Mend what the reason names, then collect again.",
      wrongRemedy: "Taking what is unknown for what is healthy.",
      needs: SourceID.required,
      references: [
        "dmcollect --list: every source, and why it is asked for"
      ]),
    examine: { inventory in
      var matches = inventory.snapshot.sources.filter(\.isRequiredGap).map { source in
        NodeMatch(
          source.id.rawValue, "\(source.id.rawValue): \(source.detail ?? source.status.rawValue).",
          evidence: [Evidence(source.detail ?? source.status.rawValue, from: source.id)])
      }
      let gaps = Set(matches.map(\.subject))
      if let distrust = inventory.distrust, gaps.isEmpty {
        matches.append(NodeMatch("guests", "The inventory of guests is not trusted: \(distrust)."))
      }
      for trust in inventory.groups?.values.sorted(by: { $0.group.name < $1.group.name }) ?? [] {
        guard case .untrusted(let reason, let group) = trust,
          inventory.concernsGuests(group.name)
        else { continue }
        matches.append(
          NodeMatch(
            group.name, "The metadata of \(group.name) is not trusted: \(reason).",
            evidence: [Evidence(group.location, from: .vgs)]))
      }
      return matches
    })
}

extension Inventory {
  /// Whether a storage or a mapping of a guest's disk has this group.
  func concernsGuests(_ group: String) -> Bool {
    storages.contains { $0.volumeGroup == group }
      || mappings.contains { $0.guestName != nil && $0.path?.group == group }
  }
}
