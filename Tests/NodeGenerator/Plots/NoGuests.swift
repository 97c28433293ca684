extension Plot {
  static let noGuests = [
    Plot("hand-made") { $0.handMade() },
    Plot("hand-made-mounted") { $0.handMadeMounted() },
    Plot("hand-made-zero") { $0.handMadeZero() },
    Plot("unreferenced-shared", needs: [.place(.shared)]) { $0.unreferenced(.shared) },
    Plot("unreferenced-local") { $0.unreferenced(.local) },
    Plot("unmanaged-group", needs: [.roomForGroup]) { $0.unmanagedGroup() },
    Plot("foreign-use") { $0.foreignUse() },
  ]
}

extension Scene {
  /// A mapping made by hand, on extents that nobody has.
  mutating func handMade() {
    let place = place(.thick)
    let name = Volume.mappingName(
      group: place.group.name, volume: "vm-\(nextGuestID())-disk-0")
    let free = place.group.allocate(random.number(in: 1...8), random: &random)
    let mapping = map(name: name, uuid: "", table: TableLine.lines(of: free))
    expect(mapping, "orphaned", "hand-made-mapping", step: .removeByName)
  }

  /// A mapping made by hand that fstab names: somebody wants it.
  mutating func handMadeMounted() {
    let place = place(.thick)
    let name = Volume.mappingName(
      group: place.group.name, volume: "vm-\(nextGuestID())-disk-0")
    let free = place.group.allocate(2, random: &random)
    let mapping = map(name: name, uuid: "", table: TableLine.lines(of: free))
    world.mounts.append("\(mapping.path) /mnt/\(index) ext4 noauto 0 0")
    expect(mapping, "unknown", "volumes-unknown")
  }

  /// A mapping made by hand that lies on nothing.
  mutating func handMadeZero() {
    let line = TableLine(start: 0, length: 65_536, type: "zero", parameters: "", devices: [])
    let mapping = map(name: "test--vm--\(nextGuestID())--disk--0", uuid: "", table: [line])
    expect(mapping, "orphaned", "hand-made-mapping", step: .removeByName)
  }

  /// A volume that no configuration of any node names.
  mutating func unreferenced(_ kind: PlaceKind) {
    let place = place(kind)
    let volume = volume("vm-\(nextGuestID())-disk-\(random.below(4))", in: place)
    expect(
      map(volume), "orphaned", "unreferenced-volume", step: place.isShared ? .deactivate : nil)
  }

  /// A group that no storage leads to.
  mutating func unmanagedGroup() {
    let group = world.addGroup(
      "old-\(index)", isShared: false, transport: "sata", random: &random)
    let id = nextGuestID()
    for number in 0..<random.number(in: 1...3) {
      let volume = world.addVolume(
        "vm-\(id)-disk-\(number)", in: group, extents: 8, random: &random)
      expect(map(volume, openCount: random.below(2)), "orphaned", "unmanaged-group")
    }
  }

  /// Somebody uses a volume that nothing here knows of.
  mutating func foreignUse() {
    let volume = volume("vm-\(nextGuestID())-disk-0", in: place())
    expect(map(volume, openCount: 1), "orphaned", "foreign-use")
  }
}
