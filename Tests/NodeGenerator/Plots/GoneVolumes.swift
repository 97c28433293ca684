extension Plot {
  static let goneVolumes = [
    Plot("ghost") { $0.ghost() },
    Plot("ghost-overlapped") { $0.ghostOverlapped() },
    Plot("ghost-with-partition") { $0.ghostWithPartition() },
    Plot("ghost-in-use") { $0.ghostInUse() },
    Plot("ghost-of-running-guest") { $0.ghostOfRunningGuest() },
    Plot("lost-volume") { $0.lostVolume() },
    Plot("lost-mention") { $0.lostMention() },
    Plot("recreated") { $0.recreated() },
    Plot("recreated-running") { $0.recreatedRunning(isOpen: true) },
    Plot("recreated-closed") { $0.recreatedRunning(isOpen: false) },
  ]
}

extension Scene {
  /// Makes a volume that LVM no longer has; nothing else gets its extents.
  mutating func removedVolume(_ name: String, in place: World.Place) -> Volume {
    let removed = volume(name, in: place, extents: random.number(in: 2...16))
    place.group.volumes.removeLast()
    return removed
  }

  /// A volume and its guest were removed by another node, or behind LVM's back.
  mutating func ghost() {
    let id = nextGuestID()
    let name = random.pick([
      "vm-\(id)-disk-0", "vm-\(id)-cloudinit", "vm-\(id)-state-before", "vm-\(id)-disk-12",
    ])
    expect(
      map(removedVolume(name, in: place())), "orphaned", "ghost-mapping", step: .remove)
  }

  /// The removed volume's extents belong to a running guest by now.
  mutating func ghostOverlapped() {
    let place = place(.thick)
    let removed = removedVolume("vm-\(nextGuestID())-disk-0", in: place)
    expect(map(removed), "orphaned", "ghost-mapping", step: .remove)
    let guest = guest(running: true)
    let heir = Volume(
      group: place.group, name: "vm-\(guest.id)-disk-0", id: random.lvmID(), kind: removed.kind,
      extentCount: removed.extentCount, createdAt: removed.createdAt, host: world.nodeName)
    place.group.volumes.append(heir)
    settle(heir, of: guest, slot: attach(volumeID(heir, in: place), to: guest))
  }

  mutating func ghostWithPartition() {
    let mapping = map(removedVolume("vm-\(nextGuestID())-disk-0", in: place()))
    let child = partition(of: mapping)
    expect(mapping, "orphaned", "ghost-mapping", step: .remove, children: [child.name])
  }

  /// Somebody still has the removed volume open.
  mutating func ghostInUse() {
    let mapping = map(removedVolume("vm-\(nextGuestID())-disk-0", in: place()))
    mapping.openCount = random.number(in: 1...2)
    expect(mapping, "orphaned", "ghost-in-use")
  }

  /// The volume was removed under a running guest.
  mutating func ghostOfRunningGuest() {
    let guest = guest(container: false, running: true)
    let place = place()
    let removed = removedVolume("vm-\(guest.id)-disk-0", in: place)
    let slot = attach(volumeID(removed, in: place), to: guest)
    let mapping = map(removed)
    open(mapping, by: guest)
    use(mapping, removed, by: guest)
    expect(mapping, "orphaned", "ghost-in-use")
    expectMissing(guest, slot, "missing-volume")
  }

  /// A configuration still names the volume that LVM no longer has.
  mutating func lostVolume() {
    let place = place()
    let isElsewhere =
      place.isShared && !world.otherNodes.isEmpty && random.chance(percent: 30)
    let guest = guest(container: false, on: isElsewhere ? otherNode() : nil)
    let removed = removedVolume("vm-\(guest.id)-disk-0", in: place)
    let slot = attach(volumeID(removed, in: place), to: guest)
    expect(map(removed), "wrong", "lost-volume")
    if !isElsewhere { expectMissing(guest, slot, "missing-volume") }
  }

  /// Only a remark still names it.
  mutating func lostMention() {
    let guest = guest(container: false)
    let place = place()
    let removed = removedVolume("vm-\(guest.id)-disk-3", in: place)
    guest.oddLines.append("args: <redacted> \(removed.path)")
    expect(map(removed), "wrong", "lost-volume")
  }

  /// The volume was made anew elsewhere; the mapping is still of the old one.
  mutating func recreated() {
    let place = place()
    let isElsewhere =
      place.isShared && !world.otherNodes.isEmpty && random.chance(percent: 30)
    let guest = guest(on: isElsewhere ? otherNode() : nil)
    let name = "vm-\(guest.id)-disk-0"
    let mapping = map(removedVolume(name, in: place))
    let new = volume(name, in: place)
    let slot = attach(volumeID(new, in: place), to: guest)
    expect(mapping, "wrong", "recreated-volume", step: .remove)
    if !isElsewhere { expectMissing(guest, slot, "inactive-disk", certain: false) }
  }

  /// The same under a guest that runs here: nothing can be done while it does.
  mutating func recreatedRunning(isOpen: Bool) {
    let guest = guest(container: false, running: true)
    let place = place()
    let name = "vm-\(guest.id)-disk-0"
    let removed = removedVolume(name, in: place)
    let mapping = map(removed)
    if isOpen {
      open(mapping, by: guest)
      use(mapping, removed, by: guest)
    }
    let new = volume(name, in: place)
    let slot = attach(volumeID(new, in: place), to: guest)
    expect(mapping, "wrong", "recreated-volume")
    expectMissing(guest, slot, "missing-mapping", certain: false)
  }
}
