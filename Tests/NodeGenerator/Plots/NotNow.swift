extension Plot {
  static let notNow = [
    Plot("changing", needs: [.otherNode, .place(.shared)]) { $0.changing() },
    Plot("vanishing", needs: [.otherNode, .place(.shared)]) { $0.vanishing() },
    Plot("task-running", needs: [.otherNode, .place(.shared), .roomForTask]) {
      $0.taskRunning()
    },
    Plot("young") { $0.young() },
    Plot("locked") { $0.locked() },
    Plot("locked-moved", needs: [.otherNode, .place(.shared)]) {
      $0.lockedMove(openCount: 0, lock: "backup", rule: "locked-guest")
    },
    Plot("locked-migration", needs: [.otherNode, .place(.shared)]) {
      $0.lockedMove(openCount: 1, lock: "migrate", rule: "locked-guest")
    },
    Plot("locked-otherwise", needs: [.otherNode, .place(.shared)]) {
      $0.lockedMove(openCount: 1, lock: "backup", rule: "moved-guest-open")
    },
    Plot("mentioned") { $0.mentioned() },
    Plot("unknown-volumes", needs: [.roomForGroup]) { $0.unknownVolumes() },
  ]
}

extension Scene {
  /// The configuration was written between the readings.
  mutating func changing() {
    let (guest, mapping) = movedMapping(openCount: 0)
    guest.isChangedInSecondReading = true
    expect(mapping, "unknown", "in-flux")
  }

  /// The mapping was taken away or opened between the readings.
  mutating func vanishing() {
    let (_, mapping) = movedMapping(openCount: 0)
    mapping.second = random.pick([.gone, .opened])
    expect(mapping, "unknown", "in-flux")
  }

  /// A worker is at it.
  mutating func taskRunning() {
    let (guest, mapping) = movedMapping(openCount: 0)
    task(random.pick(["qmigrate", "qmclone", "vzdump"]), of: guest.id)
    expect(mapping, "unknown", "in-flux")
  }

  /// A volume made minutes ago that no configuration names yet.
  mutating func young() {
    let volume = volume("vm-\(nextGuestID())-disk-0", in: place())
    volume.createdAt = world.collectedAt - Int64(random.number(in: 5...500))
    expect(map(volume), "unknown", "in-flux")
  }

  /// A stopped guest under a lock.
  mutating func locked() {
    let place = place(.thick)
    let mapping = map(stoppedVolume(in: place))
    world.guests[world.guests.count - 1].lock = random.pick(["backup", "migrate", "rollback"])
    expect(mapping, "unknown", "locked-guest")
  }

  /// Another node's guest under a lock, mapped here.
  mutating func lockedMove(openCount: Int, lock: String, rule: String) {
    let (guest, mapping) = movedMapping(openCount: openCount)
    guest.lock = lock
    expect(mapping, rule == "locked-guest" ? "unknown" : "stale", rule)
  }

  /// A volume that is only spoken of.
  mutating func mentioned() {
    let place = place()
    let guest = guest()
    let volume = volume("vm-\(guest.id)-disk-5", in: place)
    let id = volumeID(volume, in: place)
    let words =
      guest.isContainer
      ? [
        "#<redacted> \(id)", "lxc.mount.entry: <redacted> \(volume.path)",
        "lxc.cgroup2.devices.allow: <redacted> /dev/mapper/\(volume.mappingName)",
      ]
      : [
        "#<redacted> \(volume.path)", "args: <redacted> \(volume.path)", "scsi31: <redacted> \(id)",
        "sata5: \(id), size=1G", "virtio15: \(id),size=1G,nonsense=1",
      ]
    guest.oddLines.append(random.pick(words))
    expect(map(volume), "unknown", "mentioned-only")
  }

  /// A group whose metadata proves nothing.
  mutating func unknownVolumes() {
    let place = ownPlace("vg-flaw")
    place.group.flaw = random.pick(Group.Flaw.allCases)
    let guest = guest(container: false)
    let volume = volume("vm-\(guest.id)-disk-0", in: place)
    attach(volumeID(volume, in: place), to: guest)
    expect(map(volume), "unknown", "volumes-unknown")
    let removed = removedVolume("vm-\(nextGuestID())-disk-0", in: place)
    expect(map(removed), "unknown", "volumes-unknown")
    // So that a row can be left out without one of a mapping.
    _ = self.volume("iso", in: place)
  }
}
