import BundleFormat
import NodeState

extension Rule {
  /// Something that a verdict needs was not collected, or proves nothing.
  public static let sourceMissing = Rule(
    "source-missing", nil, .warning, title: "A source is missing or does not decide",
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
      if let distrust = inventory.distrust, gaps.isDisjoint(with: guestSources) {
        matches.append(NodeMatch("guests", "The inventory of guests is not trusted: \(distrust)."))
      }
      if !gaps.contains(SourceID.dmsetupTable.rawValue),
        let untold = inventory.mappings.first(where: {
          $0.guestName != nil && $0.mapping.table.value == nil
        })
      {
        matches.append(
          NodeMatch(
            SourceID.dmsetupTable.rawValue,
            "The table of \(untold.mapping.name) could not be read: "
              + "\(untold.mapping.table.gap?.reason ?? "it is missing").",
            evidence: [untold.evidence]))
      }
      let groups = (inventory.groups?.values).map(Array.init) ?? []
      let untrusted = groups.sorted(by: {
        ($0.group.name, $0.group.id.description) < ($1.group.name, $1.group.id.description)
      }).filter {
        if case .untrusted = $0 { inventory.concernsGuests($0.group.name) } else { false }
      }
      for case .untrusted(let reason, let group) in untrusted {
        let isOneOfSeveral = untrusted.count { $0.group.name == group.name } > 1
        matches.append(
          NodeMatch(
            isOneOfSeveral ? "\(group.name) \(group.id.grouped)" : group.name,
            "The metadata of \(group.name) is not trusted: \(reason).",
            evidence: [Evidence(group.location, from: .vgs)]))
      }
      let told = Set(matches.map(\.subject))
      for group in inventory.unseenGroups where !told.contains(group) {
        matches.append(
          NodeMatch(
            group, "No group called \(group) that LVM shows has the uuid that mappings here have."))
      }
      return matches
    })
}

/// The sources without which the inventory of guests is not trusted.
private let guestSources: Set<String> = Set(
  [
    SourceID.pveVmlist, .pveMembers, .guestConfigs, .storageCfg, .qemuProcesses, .containerSockets,
  ].map(\.rawValue))

extension Inventory {
  /// What is missing where a mapping could not be judged; none that is told already.
  ///
  /// Without any other gap one such mapping stands for all: what would decide it lies in no source.
  func gaps(
    for verdicts: [Verdict], besides matches: [(Rule, NodeMatch)]
  ) -> [(Rule, NodeMatch)] {
    let unjudged = [("guests", Rule.guestsUnknown), ("volumes", .volumesUnknown)]
      .compactMap { subject, rule -> (subject: String, positions: [Int])? in
        let positions = verdicts.indices.filter { verdicts[$0].rule === rule }
        return positions.isEmpty ? nil : (subject, positions)
      }
    if unjudged.isEmpty { return [] }
    let told = Set(matches.lazy.filter { $0.0 === Rule.sourceMissing }.map(\.1.subject))
    let moving = flux.gaps.filter { !told.contains($0.source.rawValue) }.map { gap in
      NodeMatch(
        gap.source.rawValue, "Nobody can say what was moving: \(gap.reason).",
        evidence: [Evidence(gap.reason, from: gap.source)])
    }
    if !moving.isEmpty || !told.isEmpty { return moving.map { (.sourceMissing, $0) } }
    return unjudged.map { subject, positions in
      let (first, others) = (positions[0], positions.count - 1)
      let why =
        "What was collected does not decide about \(mappings[first].mapping.name). "
        + verdicts[first].why + (others > 0 ? " So it is with \(others) more." : "")
      let evidence = Array(verdicts[first].evidence.prefix(2))
      return (.sourceMissing, NodeMatch(subject, why, evidence: evidence))
    }
  }

  /// The names of the groups that guests' mappings are of by their uuids, and that LVM doesn't show.
  var unseenGroups: [String] {
    var names: Set<String> = []
    for facts in mappings {
      guard case .groupAbsent = facts.standing, facts.guestName != nil, let path = facts.path,
        case .lacks = Rule.recreatedGroup.judge(facts, self), !isInsideGuest(facts)
      else { continue }
      names.insert(path.group)
    }
    return names.sorted()
  }

  /// Whether a storage or a mapping of a guest's disk has this group.
  func concernsGuests(_ group: String) -> Bool {
    storages.contains { $0.volumeGroup == group }
      || mappings.contains {
        $0.guestName != nil && $0.path?.group == group && !isInsideGuest($0)
      }
  }

  /// Whether a mapping is a volume of a guest's own group, which no verdict here needs.
  private func isInsideGuest(_ facts: MappingFacts) -> Bool {
    if case .matches = Rule.guestGroupOnHost.judge(facts, self) { true } else { false }
  }
}
