extension Plot {
  static let notGuests = [
    Plot("group-on-host", needs: [.roomForGroup]) { $0.groupOnHost(throughPartition: false) },
    Plot("group-on-partition", needs: [.roomForGroup]) {
      $0.groupOnHost(throughPartition: true)
    },
    Plot("encrypted-disk") { $0.encryptedDisk() },
    Plot("host-volume") { $0.hostVolume() },
  ]
}

extension Scene {
  /// A stopped guest's own group was activated by the host.
  mutating func groupOnHost(throughPartition: Bool) {
    let mapping = map(stoppedVolume(in: place(), extents: 32))
    expect(mapping, "stale", "stopped-guest-open")
    let base = throughPartition ? partition(of: mapping, number: 3) : mapping
    let group = Group(
      name: "ubuntu-vg-\(index)", id: random.lvmID(), isShared: false, isLegacy: true)
    world.addPhysicalVolume(to: group, path: base.path, device: base.device, random: &random)
    world.groups.append(group)
    let name = random.pick(["root", "ubuntu-lv", "vm-100-disk-0"])
    let volume = world.addVolume(name, in: group, extents: 4, random: &random)
    volume.host = "ubuntu"
    expect(
      map(volume, openCount: random.below(2)), "other", "guest-group-on-host")
  }

  /// The host opened the encryption inside a stopped guest's disk.
  mutating func encryptedDisk() {
    let mapping = map(stoppedVolume(in: place()))
    expect(mapping, "stale", "stopped-guest-open")
    let name = "luks-\(random.universallyUniqueID())"
    let key = String(repeating: "0", count: 128)
    let line = TableLine(
      start: 0, length: mapping.sectorCount - 32_768, type: "crypt",
      parameters: "aes-xts-plain64 \(key) 0 \(mapping.device.text) 32768",
      devices: [mapping.device])
    let opened = map(
      name: name, uuid: "CRYPT-LUKS2-\(random.hexadecimal(32))-\(name)", table: [line])
    expect(opened, "other", "crypt")
  }

  /// A volume of the host's own beside the guests'.
  mutating func hostVolume() {
    let volume = volume("\(random.pick(["backup", "iso_store", "scratch"]))-\(index)", in: place())
    let mapping = map(volume, openCount: 1)
    world.users.append(
      World.DeviceUser(
        device: mapping.device, kind: "mount", pid: 1, detail: "/mnt/\(volume.name)"))
    expect(mapping, "other", "host-volume")
  }
}
