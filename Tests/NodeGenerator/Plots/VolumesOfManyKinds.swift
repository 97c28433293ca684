extension Plot {
  static let volumesOfManyKinds = [
    Plot("chain", needs: [.place(.chain)]) { $0.chainGuest() },
    Plot("template") { $0.template() },
    Plot("snapshots") { $0.snapshots() },
    Plot("pending") { $0.pendingDisk() },
    Plot("unused") { $0.unusedDisk() },
    Plot("cloud-init") { $0.cloudInit() },
    Plot("hibernated") { $0.hibernated() },
    Plot("backup-fleecing", needs: [.roomForTask]) { $0.backupFleecing() },
    Plot("backup-snapshot", needs: [.roomForTask]) { $0.backupSnapshot() },
  ]
}

extension Scene {
  /// A running guest whose snapshots are volumes below the current one.
  mutating func chainGuest() {
    let guest = guest(container: false, running: true)
    let place = place(.chain)
    let current = volume("vm-\(guest.id)-disk-0.qcow2", in: place)
    let slot = attach("\(place.storageIDs[0]):\(current.name)", to: guest)
    settle(current, of: guest, slot: slot)
    let line = guest.lines[guest.lines.count - 1]
    for name in ["before", "after-update"].prefix(random.number(in: 1...2)) {
      let backing = volume("snap_vm-\(guest.id)-disk-0_\(name).qcow2", in: place)
      let mapping = map(backing)
      if random.chance(percent: 70) { open(mapping, by: guest) }
      expect(mapping, "valid", "backing-volume")
      guest.sections.append(
        Guest.Section(header: name, lines: [line, "snaptime: 1790000000"], isSnapshot: true))
    }
  }

  /// A template with a linked clone of it.
  mutating func template() {
    let place = place(.thin)
    let template = guest(container: false)
    template.isTemplate = true
    let base = volume("base-\(template.id)-disk-0", in: place)
    base.isReadOnly = true
    base.skipsActivation = true
    let slot = attach(volumeID(base, in: place), to: template)
    if random.chance(percent: 50) {
      expect(map(base), "valid", "idle-thin-volume")
    } else {
      expectMissing(template, slot, "inactive-disk", certain: false)
    }
    let clone = guest(container: false, running: random.chance(percent: 50))
    disk(of: clone, number: 0, in: place).origin = base.name
  }

  /// A guest with thin snapshots and a saved memory state.
  mutating func snapshots() {
    let guest = guest(container: false, running: random.chance(percent: 50))
    let place = place(.thin)
    let volume = disk(of: guest, number: 0, in: place)
    let state = self.volume("vm-\(guest.id)-state-before", in: place)
    let rule = guest.isRunning ? "attached-not-open" : "idle-thin-volume"
    expect(map(state), "valid", rule)
    let snapshot = snapshot(of: volume, "before", in: place)
    if random.chance(percent: 50) { expect(map(snapshot), "valid", rule) }
    guest.sections.append(
      Guest.Section(
        header: "before",
        lines: guest.lines + [
          "snaptime: 1790000000", "vmstate: \(place.storageIDs[0]):\(state.name)",
        ], isSnapshot: true))
    guest.sections.append(
      Guest.Section(header: "later_2", lines: ["snaptime: 1790000001"], isSnapshot: true))
  }

  /// A thin snapshot volume, as `pct` and `qm` make it.
  mutating func snapshot(
    of volume: Volume, _ name: String, in place: World.Place
  ) -> Volume {
    let snapshot = self.volume(
      "snap_\(volume.name)_\(name)", in: place, extents: volume.extentCount)
    snapshot.origin = volume.name
    snapshot.isReadOnly = true
    snapshot.skipsActivation = true
    return snapshot
  }

  /// A disk that the guest gets at its next start.
  mutating func pendingDisk() {
    let guest = guest(running: random.chance(percent: 50))
    let place = place(.thin)
    disk(of: guest, number: 0, in: place)
    let pending = volume("vm-\(guest.id)-disk-1", in: place)
    let slot = guest.isContainer ? "mp7" : "virtio9"
    let options = guest.isContainer ? "mp=/data,size=4G" : "size=4G"
    guest.sections.append(
      Guest.Section(
        header: guest.isContainer ? "pve:pending" : "PENDING",
        lines: ["\(slot): \(volumeID(pending, in: place)),\(options)"], isSnapshot: false))
    expect(map(pending), "valid", guest.isRunning ? "attached-not-open" : "idle-thin-volume")
  }

  /// A disk taken off its guest and kept.
  mutating func unusedDisk() {
    let guest = guest(running: random.chance(percent: 50))
    let place = place(.thin)
    disk(of: guest, number: 0, in: place)
    let unused = volume("vm-\(guest.id)-disk-1", in: place)
    attach(volumeID(unused, in: place), to: guest, slot: guest.nextUnusedSlot())
    expect(map(unused), "valid", guest.isRunning ? "attached-not-open" : "idle-thin-volume")
  }

  /// A machine with its small disks: cloud-init, EFI variables, TPM state.
  mutating func cloudInit() {
    let guest = guest(container: false, running: random.chance(percent: 60))
    let place = place()
    let disks = [
      ("ide2", "vm-\(guest.id)-cloudinit", "media=cdrom"),
      ("efidisk0", "vm-\(guest.id)-disk-0", "efitype=4m,pre-enrolled-keys=1,size=4M"),
      ("tpmstate0", "vm-\(guest.id)-disk-1", "size=4M,version=v2.0"),
      ("scsi0", "vm-\(guest.id)-disk-2", "size=32G"),
    ]
    for (slot, name, options) in disks {
      let volume = volume(name, in: place, extents: 1)
      attach(volumeID(volume, in: place), to: guest, slot: slot, options: options)
      settle(volume, of: guest, slot: slot)
    }
    guest.sections.append(
      Guest.Section(
        header: "special:cloudinit", lines: ["name: <redacted>"], isSnapshot: false))
  }

  /// A machine that sleeps on disk.
  mutating func hibernated() {
    let guest = guest(container: false)
    let place = place(.thin)
    disk(of: guest, number: 0, in: place)
    guest.lock = "suspended"
    let state = volume("vm-\(guest.id)-state-suspend-2026-11-20", in: place)
    attach(volumeID(state, in: place), to: guest, slot: "vmstate")
    expect(map(state), "valid", "idle-thin-volume")
  }

  /// A backup under way that keeps old blocks in an image of its own.
  mutating func backupFleecing() {
    let guest = guest(container: false, running: true)
    let place = place(.thin)
    disk(of: guest, number: 0, in: place)
    let image = volume("vm-\(guest.id)-fleece-0", in: place)
    guest.lock = "backup"
    guest.sections.append(
      Guest.Section(
        header: "special:fleecing",
        lines: ["fleecing-images: \(volumeID(image, in: place))"], isSnapshot: false))
    let mapping = map(image)
    open(mapping, by: guest)
    expect(mapping, "valid", "backup-image")
    task("vzdump", of: guest.id)
  }

  /// A container's backup under way, reading from a snapshot.
  mutating func backupSnapshot() {
    let guest = guest(container: true, running: true)
    let place = place(.thin)
    let volume = disk(of: guest, number: 0, in: place)
    guest.lock = "backup"
    guest.sections.append(
      Guest.Section(
        header: "vzdump", lines: guest.lines + ["snapstate: prepare", "snaptime: 1795399000"],
        isSnapshot: true))
    let mapping = map(snapshot(of: volume, "vzdump", in: place))
    open(mapping, by: guest)
    expect(mapping, "valid", "backup-image")
    task("vzdump", of: guest.id)
  }
}
