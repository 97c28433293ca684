import BundleFormat
import NodeState

extension Rule {
  /// This node does not see its cluster's majority.
  static let quorumLost = Rule(
    "quorum-lost", nil, .critical, title: "The cluster has no quorum here",
    RuleExplanation(
      meaning: "This node does not see a majority of its cluster.",
      harm: "Its view of guests and shared storage may be old; nothing shared is judged.",
      cause: "The cluster network or too many nodes are down.",
      remedy: "pvecm status; bring the network or the nodes back.",
      wrongRemedy: "pvecm expected 1 while other nodes run.",
      needs: [.pveMembers], uses: [.clusterStatus],
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
}
