import BundleFormat
import NodeState

extension Rule {
  /// A ZFS pool is not healthy.
  static let zpoolDegraded = Rule(
    "zpool-degraded", nil, .critical, title: "A ZFS pool is not healthy",
    RuleExplanation(
      meaning: "A pool's health is not ONLINE.",
      harm: "Data may be lost with the next disk that fails.",
      cause: "A disk failed or has errors.", remedy: "zpool status; replace the disk.",
      wrongRemedy: "zpool clear before anybody looked at the disk.",
      needs: [.zpoolList, .zpoolStatus],
      references: [
        "zpool-status(8)"
      ]),
    examine: { inventory in
      let listed = inventory.snapshot.host.metrics.zpools ?? []
      let names = Set(listed.map(\.name))
      return listed.filter { $0.health != "ONLINE" }.map {
        NodeMatch(
          $0.name, "The pool \($0.name) is \($0.health).",
          evidence: [Evidence("\($0.name) \($0.health)", from: .zpoolList)])
      }
        + poolStates(inventory.snapshot.host.zpoolStatus)
        .filter { $0.health != "ONLINE" && !names.contains($0.pool) }.map {
          NodeMatch(
            $0.pool, "The pool \($0.pool) is \($0.health).",
            evidence: [Evidence($0.location, from: .zpoolStatus)])
        }
    })

  /// Reads the pools' states. Source: `zpool status -x`: `  pool: tank`, then ` state: DEGRADED`; where all
  /// is well, one sentence.
  private static func poolStates(
    _ lines: [HostFacts.Line]
  ) -> [(pool: String, health: String, location: SourceLocation)] {
    var states: [(pool: String, health: String, location: SourceLocation)] = []
    var pool: String?
    for line in lines {
      let words = line.text.split(separator: " ").map(String.init)
      guard words.count == 2 else { continue }
      if words[0] == "pool:" { pool = words[1] }
      if words[0] == "state:", let name = pool {
        states.append((name, words[1], line.location))
        pool = nil
      }
    }
    return states
  }
}
