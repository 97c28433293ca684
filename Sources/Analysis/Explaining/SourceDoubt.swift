import BundleFormat
import NodeState

/// A source that is missing or not trusted, and that a mapping's verdict may hang on.
public struct SourceDoubt: Sendable {
  public let source: SourceID
  /// A phrase: `exit code 5`, `2 physical volumes are missing`.
  public let reason: String
  /// The rules and proofs on the mapping's path that need the source.
  public let neededFor: [String]
}

extension Assessment {
  /// The sources whose lack may have made the verdict what it is, in the order of ``SourceID``.
  ///
  /// A tool that the node does not have is no lack.
  public func doubts(about path: DecisionPath, of facts: MappingFacts) -> [SourceDoubt] {
    var neededFor: [SourceID: [String]] = [:]
    func need(_ sources: [SourceID], for name: String) {
      for source in sources where neededFor[source]?.contains(name) != true {
        neededFor[source, default: []].append(name)
      }
    }
    for question in path.questions {
      switch question.topic {
      case .rule(let rule): need(rule.explanation.needs, for: rule.name)
      case .proof(let proof): need(proof.needs, for: proof.shortName)
      }
    }
    var doubts = snapshot.sources.compactMap { status -> SourceDoubt? in
      guard status.status != .present, let names = neededFor[status.id],
        status.id.isRequired || InventoryTrust.isUnread(status.id, in: snapshot.bundle)
      else { return nil }
      return SourceDoubt(
        source: status.id, reason: status.detail ?? status.status.rawValue, neededFor: names)
    }
    // What was read and yet proves nothing.
    for question in path.questions {
      guard case .undecidable(let reason) = question.answer else { continue }
      let (sources, name): ([SourceID], String) =
        switch question.topic {
        case .rule(let rule): (rule.explanation.needs, rule.name)
        case .proof(let proof): (proof.needs, proof.shortName)
        }
      guard !doubts.contains(where: { $0.neededFor.contains(name) }), let source = sources.first
      else { continue }
      doubts.append(SourceDoubt(source: source, reason: reason, neededFor: [name]))
    }
    return doubts
  }
}

extension DecisionPath.Proof {
  /// The sources that the proof stands on, the one to look at first in front.
  var needs: [SourceID] {
    switch self {
    case .metadata: [.vgs, .lvs, .pvs]
    case .table: [.dmsetupTable]
    case .guests:
      [.pveVmlist, .pveMembers, .guestConfigs, .storageCfg, .qemuProcesses, .containerSockets]
    case .anyRule: []
    }
  }

  /// What the proof is called where rules are called by their names.
  public var shortName: String {
    switch self {
    case .metadata: "metadata"
    case .table: "table"
    case .guests: "guests"
    case .anyRule: "any rule"
    }
  }

  /// The question in a sentence.
  public var title: String {
    switch self {
    case .metadata: "Does LVM's metadata of its group prove anything?"
    case .table: "Is its live table known?"
    case .guests: "Is everything known about guests, their disks and what runs?"
    case .anyRule: "Does any rule describe what the sources show?"
    }
  }
}
