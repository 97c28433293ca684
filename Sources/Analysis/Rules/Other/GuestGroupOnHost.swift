import BundleFormat
import NodeState

extension Rule {
  /// An LVM mapping of the host that is stacked on a guest's disk.
  ///
  /// The host activated a volume group that lives inside a guest.
  static let guestGroupOnHost = Rule(
    "guest-group-on-host", .other, .warning,
    title: "A guest's own volume group is active on the host",
    RuleExplanation(
      meaning: "This mapping is a volume of a group that lies inside a guest's disk.",
      harm: "Host and guest may write one file system, and the guest's disk can't be deactivated.",
      cause: "LVM on the host scans guests' disks: a filter is missing, or scan_lvs is on.",
      remedy:
        "Once nothing of it is mounted, vgchange -an -S vg_uuid=UUID, with the uuid that vgs -o +vg_uuid "
        + "shows; then mend the filter.",
      wrongRemedy: "dmsetup remove_all, or vgchange by name: two guests may have groups of one "
        + "name.",
      needs: [.dmsetupInfo, .dmsetupTable], uses: [.lvmconfig, .dmsetupDeps],
      references: [
        "https://github.com/harvester/harvester/issues/3843",
        "https://github.com/proxmox/pve-manager/commit/78d1042eab654f71b1ce4c6f405a80ca2c935e8a",
        "lvm.conf(5), devices/global_filter and devices/scan_lvs",
      ]),
    of: .perhapsInsideGuest,
    asking: [.onGuestDisk]
  ) { facts, inventory in
    guard case .volume(let identity, _)? = facts.mapping.uuid?.origin else { return .silent }
    if let physicalVolume = inventory.disks.groupsInsideGuests[identity.group] {
      return .matches(
        RuleMatch(
          "Its group \(physicalVolume.groupName) lies on \(physicalVolume.name), which PVE gives to "
            + "guests alone: the host has activated a group that lies inside a guest; "
            + "\(facts.openWords).",
          evidence: [facts.evidence, Evidence(physicalVolume.location, from: .pvs)]
            + facts.tableEvidence))
    }
    guard
      let guestDisk = inventory.guestVolume(
        below: facts, otherThan: identity.group)
    else { return .silent }
    let owner = guestDisk.guestName.map { "guest \($0.guest)" } ?? "a guest"
    return .matches(
      RuleMatch(
        "It is an LVM volume stacked on \(guestDisk.mapping.name), a disk of \(owner): the host has "
          + "activated a group that lies inside the guest; \(facts.openWords).",
        evidence: [facts.evidence, guestDisk.evidence] + facts.tableEvidence))
  }
}
