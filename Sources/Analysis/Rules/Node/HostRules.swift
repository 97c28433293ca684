import BundleFormat
import NodeState

/// Findings about the host's load: they say nothing about mappings, but explain what people see.
extension Rule {
  static let cpuHigh = Rule(
    "cpu-high", nil, .warning, title: "The processors are busy",
    RuleExplanation(
      meaning: "More than 80 % of the processors' time was used between the two readings.",
      harm: "Guests slow down; commands that hold locks take longer.",
      cause: "Guests, backups or a runaway process.", remedy: "Look at the top processes.",
      wrongRemedy: "Blaming leftovers: a mapping that nobody uses costs no time.",
      needs: [.cpuStat],
      references: [
        "proc_stat(5)"
      ]),
    examine: { inventory in
      guard let percent = inventory.snapshot.host.metrics.cpuPercent, percent > 80 else {
        return []
      }
      return [NodeMatch(inventory.nodeName, "\(Int(percent)) % of the processors' time was used.")]
    })

  static let memoryHigh = Rule(
    "memory-high", nil, .warning, title: "Memory is short",
    RuleExplanation(
      meaning: "More than 90 % of the memory is in use.",
      harm: "The kernel may end guests' processes.",
      cause: "Guests have more than the node can give.",
      remedy: "Move guests away, or give them less.",
      wrongRemedy: "Blaming leftovers: a mapping takes a few kilobytes.",
      needs: [.memory],
      references: [
        "proc_meminfo(5), MemAvailable"
      ]),
    examine: { inventory in
      guard let percent = inventory.snapshot.host.metrics.memoryPercent, percent > 90 else {
        return []
      }
      return [NodeMatch(inventory.nodeName, "\(Int(percent)) % of the memory is in use.")]
    })

  static let rootFilesystemFull = Rule(
    "root-filesystem-full", nil, .warning, title: "The root file system is nearly full",
    RuleExplanation(
      meaning: "More than 90 % of the root file system is used.",
      harm: "pmxcfs turns read-only and LVM can't write its archive when it is full.",
      cause: "Logs, ISO images or backups on the root file system.",
      remedy: "Make room on /.",
      wrongRemedy: "Deleting /etc/lvm/archive: vgcfgrestore lives on it.",
      needs: [.filesystems],
      references: [
        "df(1)",
        "pve-docs, pmxcfs.adoc",
      ]),
    examine: { inventory in
      let metrics = inventory.snapshot.host.metrics
      guard let total = metrics.rootFilesystemTotalBytes, total > 0,
        let used = metrics.rootFilesystemUsedBytes
      else { return [] }
      // As df reckons: what is kept for root counts as neither used nor free.
      let usable = metrics.rootFilesystemAvailableBytes.map { Double(used) + Double($0) }
      let percent = Double(used) * 100 / max(1, usable ?? Double(total))
      guard percent > 90 else { return [] }
      return [
        NodeMatch(
          inventory.nodeName, "\(Int(min(percent, 999))) % of the root file system is used.")
      ]
    })

  static let quorumLost = Rule(
    "quorum-lost", nil, .critical, title: "The cluster has no quorum here",
    RuleExplanation(
      meaning: "This node does not see a majority of its cluster.",
      harm: "Its view of guests and shared storage may be old; nothing shared is judged.",
      cause: "The cluster network or too many nodes are down.",
      remedy: "pvecm status; bring the network or the nodes back.",
      wrongRemedy: "pvecm expected 1 while other nodes run.",
      needs: [.pveMembers],
      references: [
        "pve-docs, pvecm.adoc: quorum"
      ]),
    examine: { inventory in
      let votes = inventory.snapshot.host.quorumVotes
      guard let cluster = inventory.snapshot.membership.value?.cluster,
        !cluster.isQuorate || votes?.isQuorate == false
      else { return [] }
      var why = "The cluster \(cluster.name) is not quorate"
      if cluster.isQuorate { why += ", says pvecm, though pmxcfs still was a moment before" }
      if let total = votes?.totalVotes, let expected = votes?.expectedVotes {
        why += ": \(total) of \(expected) votes"
      }
      return [
        NodeMatch(
          inventory.nodeName, why + ".",
          evidence: (cluster.isQuorate ? [] : [Evidence("quorate 0", from: .pveMembers)])
            + (votes.map { [Evidence($0.location, from: .clusterStatus)] } ?? []))
      ]
    })

  static let zpoolDegraded = Rule(
    "zpool-degraded", nil, .critical, title: "A ZFS pool is not healthy",
    RuleExplanation(
      meaning: "zpool status -x reports trouble.",
      harm: "Data may be lost with the next disk that fails.",
      cause: "A disk failed or has errors.", remedy: "zpool status; replace the disk.",
      wrongRemedy: "zpool clear before anybody looked at the disk.",
      needs: [.zpoolList, .zpoolStatus],
      references: [
        "zpool-status(8)"
      ]),
    examine: { inventory in
      let listed = inventory.snapshot.host.metrics.zpools
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
