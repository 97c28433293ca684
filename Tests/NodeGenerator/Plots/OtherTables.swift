extension Plot {
  static let otherTables = [
    Plot("resized") { $0.resized() },
    Plot("resized-open") { $0.resizedOpen() },
    Plot("moved-extents") { $0.movedExtents() },
    Plot("single-path", needs: [.multipath]) { $0.singlePath(isRunning: true) },
    Plot("single-path-closed", needs: [.multipath]) { $0.singlePath(isRunning: false) },
    Plot("dead-target") { $0.deadTarget() },
    Plot("missing-pool") { $0.missingPool() },
    Plot("suspended") { $0.suspended() },
    Plot("without-table") { $0.withoutTable() },
  ]
}

extension Scene {
  /// Makes a stopped guest's volume, not mapped yet.
  mutating func stoppedVolume(
    in place: World.Place, extents: Int = 8
  ) -> Volume {
    let guest = guest()
    let volume = volume("vm-\(guest.id)-disk-0", in: place, extents: extents)
    attach(volumeID(volume, in: place), to: guest)
    return volume
  }

  /// Lengthens a volume in the metadata alone.
  mutating func extend(_ volume: Volume) {
    if case .thick(let segments) = volume.kind {
      let more = volume.group.allocate(4, random: &random).map { segment in
        Segment(
          startExtent: volume.extentCount + segment.startExtent,
          extentCount: segment.extentCount, runs: segment.runs)
      }
      volume.kind = .thick(segments + more)
    }
    volume.extentCount += 4
  }

  /// Another node, or somebody without LVM's locks, lengthened the volume.
  mutating func resized() {
    let volume = stoppedVolume(in: place())
    expect(map(volume), "wrong", "resized-volume", step: .deactivate)
    extend(volume)
  }

  mutating func resizedOpen() {
    let guest = guest(running: true)
    let place = place()
    let volume = volume("vm-\(guest.id)-disk-0", in: place)
    attach(volumeID(volume, in: place), to: guest)
    let mapping = map(volume)
    open(mapping, by: guest)
    use(mapping, volume, by: guest)
    expect(mapping, "wrong", "resized-volume")
    extend(volume)
  }

  /// The volume was moved on disk; the mapping still points to where it was.
  mutating func movedExtents() {
    let place = place(.thick)
    let volume = stoppedVolume(in: place)
    let old = place.group.allocate(volume.extentCount, random: &random)
    expect(
      map(volume, table: TableLine.lines(of: old)), "wrong", "moved-extents", step: .deactivate)
  }

  /// The table names one path of a multipath map.
  mutating func singlePath(isRunning: Bool) {
    let map = world.multipathMaps[0]
    let place = random.pick(
      world.places.filter { place in
        place.group.physicalVolumes.contains { $0.device == map.mapping.device }
      })
    let guest = guest(container: false, running: isRunning)
    let volume = volume("vm-\(guest.id)-disk-0", in: place)
    attach(volumeID(volume, in: place), to: guest)
    let path = random.pick(map.paths).device
    let lines = volume.segments.map { segment in
      TableLine.linear(
        segment.startExtent * Group.extentSectors, segment.extentCount * Group.extentSectors,
        on: path, at: segment.runs[0].startSector)
    }
    let mapping = self.map(volume, table: lines)
    if isRunning {
      open(mapping, by: guest)
      use(mapping, volume, by: guest)
    }
    expect(mapping, "wrong", "single-path")
  }

  /// Somebody forced the mapping out: every read and write fails.
  mutating func deadTarget() {
    let volume = stoppedVolume(in: place())
    let line = TableLine(
      start: 0, length: volume.sectorCount, type: "error", parameters: "", devices: [])
    expect(map(volume, table: [line]), "wrong", "dead-target")
  }

  /// A thin volume whose pool is gone.
  mutating func missingPool() {
    let volume = stoppedVolume(in: place(.thin))
    let gone = Device(major: world.mapperMajor, minor: 1_000_000 + index)
    let line = TableLine.thin(volume.sectorCount, pool: gone, id: 7)
    expect(map(volume, table: [line]), "wrong", "dead-target")
  }

  /// A command died between suspending and resuming.
  mutating func suspended() {
    let mapping = map(stoppedVolume(in: place()))
    mapping.attributes = "L-sw"
    expect(mapping, "wrong", "suspended-mapping")
  }

  /// A command died between creating and loading, or between loading and resuming.
  mutating func withoutTable() {
    let mapping = map(stoppedVolume(in: place()), table: [])
    mapping.attributes = random.pick(["---w", "-I-w"])
    expect(mapping, "wrong", "suspended-mapping")
  }
}
