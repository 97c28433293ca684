extension World {
  /// Makes a group on new disks of its own.
  func addGroup(
    _ name: String, isShared: Bool, disks count: Int = 1, transport: String,
    random: inout SplitMix64
  ) -> Group {
    let group = Group(
      name: name, id: random.lvmID(), isShared: isShared, isLegacy: random.chance(percent: 30))
    for _ in 0..<count {
      let disk = addDisk(transport: transport)
      addPhysicalVolume(
        to: group, path: "/dev/\(disk.kernelName)", device: disk.device, random: &random)
    }
    groups.append(group)
    return group
  }

  func addPhysicalVolume(
    to group: Group, path: String, device: Device, random: inout SplitMix64
  ) {
    let volume = PhysicalVolume(
      path: path, device: device, id: random.lvmID(),
      dataStartBytes: random.pick([1 << 20, 1 << 20, 4 << 20]))
    group.physicalVolumes.append(volume)
  }

  /// Makes a thin pool with its layers, volumes and mappings.
  func addPool(_ name: String, in group: Group, random: inout SplitMix64) -> Pool {
    let pool = Pool(group: group, name: name, id: random.lvmID())
    let extents = random.number(in: 64...4096)
    let data = addVolume("\(name)_tdata", in: group, extents: extents, random: &random)
    data.kind = .layer(.data, data.segments, parent: name)
    let metadata = addVolume("\(name)_tmeta", in: group, extents: 2, random: &random)
    metadata.kind = .layer(.metadata, metadata.segments, parent: name)
    let top = Volume(
      group: group, name: name, id: pool.id, kind: .pool(pool), extentCount: data.extentCount,
      createdAt: data.createdAt, host: nodeName)
    top.hasAutoactivation = true
    group.volumes.append(top)

    let lowest = [metadata, data].map { volume in
      let layer = volume === data ? "tdata" : "tmeta"
      return hostMapping(
        volume.mappingName, uuid: "\(volume.uuid)-\(layer)",
        table: TableLine.lines(of: volume.segments), rule: "pool-layer")
    }
    let length = data.sectorCount
    let devices = lowest.map(\.device)
    let real = hostMapping(
      Volume.mappingName(group: group.name, volume: name, layer: "tpool"),
      uuid: "LVM-\(group.id)\(pool.id)-tpool",
      table: [
        TableLine(
          start: 0, length: length, type: "thin-pool",
          parameters: "\(devices[0].text) \(devices[1].text) 128 0 0 ", devices: devices)
      ], rule: "pool-layer")
    pool.layer = real
    let front = hostMapping(
      top.mappingName, uuid: "\(top.uuid)-pool",
      table: [.linear(0, length, on: real.device, at: 0)], rule: "pool-layer")
    front.attributes = "L--r"
    return pool
  }

  /// Makes a thick volume in the metadata, not mapped.
  func addVolume(
    _ name: String, in group: Group, extents: Int, random: inout SplitMix64
  ) -> Volume {
    let segments = group.allocate(extents, random: &random)
    let volume = Volume(
      group: group, name: name, id: random.lvmID(), kind: .thick(segments),
      extentCount: segments.reduce(0) { $0 + $1.extentCount },
      createdAt: collectedAt - 86_400 - Int64(random.below(40_000_000)), host: nodeName)
    group.volumes.append(volume)
    return volume
  }

  /// Makes a mapping of the host's own, with its truth.
  @discardableResult
  func hostMapping(
    _ name: String, uuid: String, openCount: Int = 0, table: [TableLine], rule: String
  ) -> Mapping {
    let mapping = add(
      Mapping(
        name: name, uuid: uuid, device: nextDevice(), openCount: openCount, table: table))
    truth.mappings.append(
      ExpectedMapping(
        name: name, uuid: uuid, classification: "other", rule: rule, step: nil, children: [],
        plot: -1))
    return mapping
  }
}
