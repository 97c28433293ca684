extension World {
  /// Sets the host up: its name and cluster, its own volumes, and the storages that guests use.
  func layOut(random: inout SplitMix64) {
    collectedAt += Int64(random.below(1_000_000))
    nodeName = random.pick(["pve1", "hv-03", "node1"])
    mapperMajor = random.pick([252, 253, 254])
    if random.chance(percent: 85) {
      otherNodes = Array(["pve2", "hv-04", "zz"].prefix(random.number(in: 1...3)))
    }
    addDisk(transport: "sata").sizeBytes = 8 << 30
    storages.append(
      StorageSection(
        type: "dir", id: "local", lines: ["path /var/lib/vz", "content iso,vztmpl,backup"]))
    layOutHostGroup(random: &random)
    layOutThickStorages(random: &random)
    if !otherNodes.isEmpty || random.chance(percent: 30) { layOutSharedStorages(random: &random) }
    layOutOtherTypes(random: &random)
    if random.chance(percent: 25) { layOutCeph(random: &random) }
  }

  private func layOutHostGroup(random: inout SplitMix64) {
    let group = addGroup("pve", isShared: false, transport: "sata", random: &random)
    for (name, openCount) in [("swap", 2), ("root", 1)] {
      let volume = addVolume(name, in: group, extents: 32, random: &random)
      volume.hasAutoactivation = true
      let mapping = hostMapping(
        volume.mappingName, uuid: volume.uuid, openCount: openCount,
        table: TableLine.lines(of: volume.segments), rule: "host-volume")
      let kind = name == "swap" ? "swap" : "mount"
      let detail = name == "swap" ? "/dev/dm-\(mapping.device.minor)" : "/"
      users.append(
        DeviceUser(
          device: mapping.device, kind: kind, pid: name == "swap" ? 0 : 1, detail: detail))
    }
    addThinStorage("local-lvm", pool: "data", in: group, random: &random)
    if random.chance(percent: 40) {
      addThinStorage("thin-b", pool: "pool-b", in: group, random: &random)
    }
    if random.chance(percent: 40) {
      let other = addGroup("vg-nvme--x", isShared: false, transport: "nvme", random: &random)
      addThinStorage("nvme", "nvme-ct", pool: "tp_1", in: other, random: &random)
    }
  }

  private func addThinStorage(
    _ ids: String..., pool name: String, in group: Group, random: inout SplitMix64
  ) {
    let pool = addPool(name, in: group, random: &random)
    for id in ids {
      storages.append(
        StorageSection(
          type: "lvmthin", id: id,
          lines: ["thinpool \(name)", "vgname \(group.name)", "content rootdir,images"]))
    }
    places.append(Place(storageIDs: ids, group: group, pool: pool, usesChains: false))
  }

  private func layOutThickStorages(random: inout SplitMix64) {
    if random.chance(percent: 25) { addThickStorage("pve-thick", in: groups[0], lines: []) }
    let group = addGroup(
      random.pick(["vg_fast", "fast", "a-b"]), isShared: false, disks: random.number(in: 1...2),
      transport: random.pick(["sata", "nvme", "iscsi"]), random: &random)
    addThickStorage("fast-1", in: group, lines: random.chance(percent: 50) ? ["shared 0"] : [])
  }

  private func layOutSharedStorages(random: inout SplitMix64) {
    let first = random.pick(["ssd-ha01", "vg-san--a", "san"])
    let group: Group
    if random.chance(percent: 35) {
      group = addMultipathGroup(first, random: &random)
    } else {
      group = addGroup(
        first, isShared: true, disks: random.number(in: 1...2), transport: "iscsi", random: &random)
    }
    let ids = random.chance(percent: 30) ? ["san1", "san1-old"] : ["ssd-ha01"]
    addThickStorage(ids[0], ids.count > 1 ? ids[1] : nil, in: group, lines: ["shared 1"])
    if random.chance(percent: 40) {
      let other = addGroup("vg_san.b", isShared: true, transport: "fc", random: &random)
      let nodes = ([nodeName] + otherNodes).joined(separator: ",")
      addThickStorage("SAN-b", in: other, lines: ["shared 1", "nodes \(nodes)", "saferemove 1"])
    }
    if random.chance(percent: 50) {
      let chains = addGroup("vg-chain", isShared: true, transport: "iscsi", random: &random)
      addThickStorage(
        "chain", in: chains, lines: ["shared 1", "snapshot-as-volume-chain 1"], usesChains: true)
    }
  }

  private func addThickStorage(
    _ id: String, _ secondID: String? = nil, in group: Group, lines: [String],
    usesChains: Bool = false
  ) {
    let ids = [id] + (secondID.map { [$0] } ?? [])
    for id in ids {
      storages.append(
        StorageSection(
          type: "lvm", id: id, lines: ["vgname \(group.name)", "content images,rootdir"] + lines))
    }
    places.append(Place(storageIDs: ids, group: group, pool: nil, usesChains: usesChains))
  }

  /// Storages whose disks never have a mapping, and one of another node.
  private func layOutOtherTypes(random: inout SplitMix64) {
    storages.append(
      StorageSection(
        type: "nfs", id: "nas",
        lines: ["export /tank", "path /mnt/pve/nas", "server 192.0.2.9", "content images"]))
    storages.append(
      StorageSection(
        type: "zfspool", id: "tank", lines: ["pool rpool/data", "content images,rootdir"]))
    guard let other = otherNodes.first, random.chance(percent: 50) else { return }
    storages.append(
      StorageSection(
        type: "lvmthin", id: "far-thin",
        lines: ["thinpool data", "vgname far", "content images", "nodes \(other)"]))
  }

  private func addMultipathGroup(_ name: String, random: inout SplitMix64) -> Group {
    let paths = [addDisk(transport: "fc"), addDisk(transport: "fc")]
    let wwid = "3600a0980\(random.hexadecimal(24))"
    let members = paths.map(\.device)
    let parameters =
      "3 queue_if_no_path pg_init_retries 50 1 alua 2 1 service-time 0 1 2 \(members[0].text) 1 1 "
      + "service-time 0 1 2 \(members[1].text) 1 1 "
    let map = hostMapping(
      "mpath\(random.pick(["a", "b"]))", uuid: "mpath-\(wwid)",
      table: [
        TableLine(
          start: 0, length: 1 << 34, type: "multipath", parameters: parameters, devices: members)
      ], rule: "multipath")
    multipathMaps.append(MultipathMap(mapping: map, wwid: wwid, paths: paths))
    let group = Group(
      name: name, id: random.lvmID(), isShared: true, isLegacy: random.chance(percent: 30))
    addPhysicalVolume(to: group, path: map.path, device: map.device, random: &random)
    groups.append(group)
    return group
  }

  /// An object store daemon: its group, its volume, and the encryption on top.
  private func layOutCeph(random: inout SplitMix64) {
    let group = addGroup(
      "ceph-\(random.universallyUniqueID())", isShared: false, transport: "sata", random: &random)
    let volume = addVolume(
      "osd-block-\(random.universallyUniqueID())", in: group, extents: 512, random: &random)
    let isEncrypted = random.chance(percent: 50)
    let mapping = hostMapping(
      volume.mappingName, uuid: volume.uuid, openCount: isEncrypted ? 0 : 1,
      table: TableLine.lines(of: volume.segments), rule: "host-volume")
    guard isEncrypted else { return }
    let name = random.universallyUniqueID()
    let key = String(repeating: "0", count: 128)
    hostMapping(
      name, uuid: "CRYPT-LUKS2-\(random.hexadecimal(32))-\(name)", openCount: 1,
      table: [
        TableLine(
          start: 0, length: volume.sectorCount - 32_768, type: "crypt",
          parameters: "aes-xts-plain64 \(key) 0 \(mapping.device.text) 32768",
          devices: [mapping.device])
      ], rule: "crypt")
  }
}
