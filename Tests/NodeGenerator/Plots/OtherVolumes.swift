extension Plot {
  static let otherVolumes = [
    Plot("recreated-group", needs: [.roomForGroup]) { $0.recreatedGroup() },
    Plot("vanished-group", needs: [.roomForGroup]) { $0.vanishedGroup() },
    Plot("renamed", needs: [.otherNode, .place(.shared)]) { $0.renamed(openCount: 0) },
    Plot("renamed-open", needs: [.otherNode, .place(.shared)]) { $0.renamed(openCount: 1) },
    Plot("renamed-in-chain", needs: [.otherNode, .place(.chain)]) { $0.renamedInChain() },
    Plot("renamed-for-wipe", needs: [.place(.shared)]) { $0.renamedForWipe() },
    Plot("other-storage") { $0.otherStorage() },
    Plot("other-pool", needs: [.secondPool]) { $0.otherPool() },
  ]
}

extension Scene {
  /// Makes a group for this story alone, with a storage that leads there.
  mutating func ownPlace(_ prefix: String) -> World.Place {
    let name = "\(prefix)-\(index)"
    let group = world.addGroup(name, isShared: false, transport: "sata", random: &random)
    let id = "own-\(index)"
    world.storages.append(
      World.StorageSection(type: "lvm", id: id, lines: ["vgname \(name)", "content images"]))
    return World.Place(storageIDs: [id], group: group, pool: nil, usesChains: false)
  }

  /// A group was made anew on the same disk.
  mutating func recreatedGroup() {
    let place = ownPlace("vg-re")
    let old = removedVolume("vm-\(nextGuestID())-disk-0", in: place)
    let mapping = map(old, uuid: "LVM-\(random.lvmID())\(old.id)")
    mapping.openCount = random.below(2)
    expect(mapping, "wrong", "recreated-group")
  }

  /// A group is nowhere to be seen, or another bears its name on other disks.
  mutating func vanishedGroup() {
    let place = ownPlace("vg-gone")
    let old = removedVolume("vm-\(nextGuestID())-disk-0", in: place)
    let disk = world.addDisk(transport: "sata")
    let table = [TableLine.linear(0, old.sectorCount, on: disk.device, at: 2048)]
    let mapping = map(old, uuid: "LVM-\(random.lvmID())\(old.id)", table: table)
    if random.chance(percent: 50) { world.groups.removeAll { $0 === place.group } }
    expect(mapping, "unknown", "volumes-unknown")
  }

  /// Another node gave the volume to another guest.
  mutating func renamed(openCount: Int) {
    let place = place(.shared)
    let oldID = nextGuestID()
    let guest = guest(on: otherNode())
    let volume = volume("vm-\(guest.id)-disk-0", in: place)
    attach(volumeID(volume, in: place), to: guest)
    let oldName = Volume.mappingName(group: place.group.name, volume: "vm-\(oldID)-disk-0")
    let mapping = map(volume, name: oldName, openCount: openCount)
    expect(mapping, "wrong", "renamed-volume", step: openCount == 0 ? .deactivate : nil)
  }

  /// Another node made a snapshot: the mapped volume is its backing, a new one has its name.
  mutating func renamedInChain() {
    let place = place(.chain)
    let guest = guest(container: false, on: otherNode())
    let current = volume("vm-\(guest.id)-disk-0.qcow2", in: place)
    let backing = volume("snap_vm-\(guest.id)-disk-0_before.qcow2", in: place)
    attach(volumeID(current, in: place), to: guest)
    guest.sections.append(
      Guest.Section(
        header: "before", lines: guest.lines + ["snaptime: 1790000000"], isSnapshot: true))
    let mapping = map(backing, name: current.mappingName)
    expect(mapping, "wrong", "renamed-volume", step: .deactivate)
  }

  /// Another node is about to wipe the volume.
  mutating func renamedForWipe() {
    let place = place(.shared)
    let id = nextGuestID()
    let volume = volume("del-vm-\(id)-disk-0", in: place)
    let oldName = Volume.mappingName(group: place.group.name, volume: "vm-\(id)-disk-0")
    expect(map(volume, name: oldName), "wrong", "renamed-volume")
  }

  /// The configuration says one storage, the volume is in another.
  mutating func otherStorage() {
    let guest = guest(container: false)
    let actual = place()
    let elsewhere = world.places.filter { $0.group !== actual.group && !$0.usesChains }
    let said = random.pick(elsewhere)
    let volume = volume("vm-\(guest.id)-disk-0", in: actual)
    let slot = attach("\(said.storageIDs[0]):\(volume.name)", to: guest)
    expect(map(volume), "wrong", "other-storage")
    expectMissing(guest, slot, "missing-volume", certain: false)
  }

  /// The same with two pools of one group.
  mutating func otherPool() {
    let guest = guest(container: false)
    let pools = random.shuffled(
      world.places.filter { $0.isThin && $0.group === world.groups[0] })
    let volume = volume("vm-\(guest.id)-disk-0", in: pools[0])
    let slot = attach("\(pools[1].storageIDs[0]):\(volume.name)", to: guest)
    expect(map(volume), "wrong", "other-storage")
    expectMissing(guest, slot, "missing-volume", certain: false)
  }
}
