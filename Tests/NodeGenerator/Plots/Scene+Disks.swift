extension Scene {
  /// Writes a disk line and returns its key.
  @discardableResult
  mutating func attach(
    _ volumeID: String, to guest: Guest, slot: String? = nil, options: String? = nil
  ) -> String {
    let slot = slot ?? guest.nextSlot()
    guest.lines.append("\(slot): \(value(volumeID, of: guest, slot: slot, options: options))")
    return slot
  }

  private mutating func value(
    _ volumeID: String, of guest: Guest, slot: String, options: String?
  ) -> String {
    if slot.hasPrefix("unused") || slot == "vmstate" { return volumeID }
    if let options { return "\(volumeID),\(options)" }
    if guest.isContainer {
      let mount = slot == "rootfs" ? "" : ",mp=/srv/\(slot)"
      return "\(volumeID)\(mount),size=\(random.number(in: 1...64))G"
    }
    return random.pick([
      "\(volumeID),size=32G", "\(volumeID),iothread=1,size=4G", "file=\(volumeID),discard=on",
      "discard=on,iothread=1,volume=\(volumeID),size=100G", "\(volumeID),size=32G,ssd=1",
    ])
  }

  /// Returns one of the ids that a volume has.
  mutating func volumeID(_ volume: Volume, in place: World.Place) -> String {
    "\(random.pick(place.storageIDs)):\(volume.name)"
  }

  /// Gives a guest a disk that lives where it should, mapped and open if the guest runs.
  @discardableResult
  mutating func disk(
    of guest: Guest, number: Int, in place: World.Place, extents: Int? = nil
  ) -> Volume {
    let volume = volume("vm-\(guest.id)-disk-\(number)", in: place, extents: extents)
    let slot = attach(volumeID(volume, in: place), to: guest)
    settle(volume, of: guest, slot: slot)
    return volume
  }

  /// Maps an attached volume the way Proxmox VE leaves it, with its truth.
  mutating func settle(_ volume: Volume, of guest: Guest, slot: String) {
    guard guest.node == world.nodeName else { return }
    if guest.isRunning {
      let mapping = map(volume)
      open(mapping, by: guest)
      use(mapping, volume, by: guest)
      expect(mapping, "valid", "running-disk")
    } else if case .thin = volume.kind, !guest.isTemplate {
      expect(map(volume), "valid", "idle-thin-volume")
    } else {
      expectMissing(guest, slot, "inactive-disk")
    }
  }

  /// Lets a machine's process name and hold a mapping.
  func use(_ mapping: Mapping, _ volume: Volume, by guest: Guest) {
    guard !guest.isContainer else { return }
    guest.paths += [volume.path, "/dev/dm-\(mapping.device.minor)"]
  }

  /// Makes a kpartx partition of a mapping.
  mutating func partition(
    of mapping: Mapping, number: Int = 1, openCount: Int = 0
  ) -> Mapping {
    let child = map(
      name: "\(mapping.name)\(random.pick(["p", "-part"]))\(number)",
      uuid: "part\(number)-\(mapping.uuid)",
      openCount: openCount, table: [.linear(0, 8192, on: mapping.device, at: 2048)])
    expect(child, "other", "partition")
    return child
  }

  /// Makes a running task that names a guest.
  mutating func task(_ type: String, of guest: Int, running: Bool = true) {
    world.tasks.append(
      World.Task(
        type: type, subject: "\(guest)", startedAt: world.collectedAt - 60, isRunning: running))
  }
}
