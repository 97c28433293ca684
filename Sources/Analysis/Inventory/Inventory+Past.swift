import BundleFormat
import NodeState

extension Inventory {
  /// What LVM's own backup on this node says of a volume that is gone: words, never a proof.
  ///
  /// Only this node's changes renew the backup, so it tells what this node last knew.
  func past(of facts: MappingFacts) -> (words: String, evidence: [Evidence]) {
    guard facts.isGhost, let identity = facts.mapping.uuid?.publicVolume,
      let backup = backups.first(where: {
        $0.groupID == identity.group && $0.volumes[identity.volume] != nil
      }), let volume = backup.volumes[identity.volume]
    else { return ("", []) }
    let time = backup.createdAt.map { " of \($0)" } ?? ""
    return (
      " LVM's backup on this node\(time) still has it as \(backup.groupName)/\(volume.name).",
      [Evidence(volume.location, from: .lvmBackup)]
    )
  }

  /// What high availability may do to the guests that a mapping concerns: it moves them without asking.
  func highAvailability(of facts: MappingFacts) -> (words: String, evidence: [Evidence]) {
    let resources = snapshot.host.highAvailability
    if resources.isEmpty { return ("", []) }
    let guests = guestsConcerned(by: facts)
    guard let managed = resources.first(where: { $0.isManaged && guests.contains($0.id) }) else {
      return ("", [])
    }
    return (
      " High availability manages guest \(managed.id) and may move it at any time.",
      [Evidence(managed.location, from: .haConfig)]
    )
  }
}
