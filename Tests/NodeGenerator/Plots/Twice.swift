extension Plot {
  static let twice = [
    Plot("overlap") { $0.overlap() },
    Plot("hand-made-twice") { $0.handMadeTwice() },
    Plot("same-thin-device") { $0.sameThinDevice() },
    Plot("shared-reference") { $0.sharedReference() },
  ]
}

extension Scene {
  /// A mapping made by hand over a running guest's disk.
  mutating func overlap() {
    let guest = guest(container: false, running: true)
    let volume = disk(of: guest, number: 0, in: place(.thick), extents: 8)
    let line = table(of: volume)[0]
    let twin = map(
      name: "\(volume.mappingName)--dup", uuid: "",
      table: [
        TableLine(
          start: 0, length: line.length, type: line.type, parameters: line.parameters,
          devices: line.devices)
      ])
    expect(twin, "duplicate", "overlapping-extents")
  }

  /// Two mappings made by hand over each other.
  mutating func handMadeTwice() {
    let place = place(.thick)
    let id = nextGuestID()
    let run = Segment(
      startExtent: 0, extentCount: 4,
      runs: place.group.allocate(4, random: &random)[0].runs.prefix(1).map { $0 })
    // Enough room for both, whatever the first took.
    run.runs[0].volume.nextFree = max(run.runs[0].volume.nextFree, run.runs[0].firstExtent + 8)
    let device = run.runs[0].volume.device
    let sector = run.runs[0].startSector
    for number in 0...1 {
      let name = Volume.mappingName(
        group: place.group.name, volume: "vm-\(id)-disk-\(number)")
      let line = TableLine.linear(
        0, 4 * Group.extentSectors, on: device, at: sector + number * Group.extentSectors)
      expect(map(name: name, uuid: "", table: [line]), "duplicate", "overlapping-extents")
    }
  }

  /// A mapping made by hand of a thin volume that LVM maps, too.
  mutating func sameThinDevice() {
    let guest = guest(container: false, running: true)
    let volume = disk(of: guest, number: 0, in: place(.thin))
    let twin = map(
      name: "\(volume.mappingName)--copy", uuid: "", table: table(of: volume))
    expect(twin, "duplicate", "same-thin-device")
  }

  /// One volume in the configurations of two guests.
  mutating func sharedReference() {
    let place = place()
    let first = guest(container: false, running: true)
    let volume = volume("vm-\(first.id)-disk-0", in: place)
    attach(volumeID(volume, in: place), to: first)
    let second = guest(container: false)
    attach(volumeID(volume, in: place), to: second)
    let mapping = map(volume)
    open(mapping, by: first)
    use(mapping, volume, by: first)
    expect(mapping, "duplicate", "shared-reference")
  }
}
