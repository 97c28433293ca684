extension Plot {
  static let asItShouldBe = [
    Plot("plain-guest") { $0.plainGuest(.any) },
    Plot("thin-guest") { $0.plainGuest(.thin) },
    Plot("thick-guest") { $0.plainGuest(.thick) },
    Plot("shared-guest", needs: [.place(.shared)]) { $0.plainGuest(.shared) },
    Plot("guest-elsewhere", needs: [.otherNode]) { $0.guestElsewhere() },
    Plot("same-id-elsewhere", needs: [.otherNode]) { $0.sameIDElsewhere() },
    Plot("absolute-path") { $0.absolutePath() },
    Plot("other-types") { $0.otherTypes() },
    Plot("closed-partition") { $0.closedPartition() },
    Plot("twin-names") { $0.twinNames() },
    Plot("split-table") { $0.splitTable() },
    Plot("old-task", needs: [.roomForTask]) { $0.oldTask() },
  ]
}

extension Scene {
  /// A guest with its disks, running most often.
  mutating func plainGuest(_ kind: PlaceKind) {
    // A node that needs many mappings has its guests running.
    let guest = guest(running: quota > 3 || random.chance(percent: 60))
    for number in 0..<quota { disk(of: guest, number: number, in: place(kind)) }
  }

  /// Another node's guest: its shared volumes are known here, and not mapped.
  mutating func guestElsewhere() {
    let guest = guest(on: otherNode())
    for number in 0..<random.number(in: 1...2) {
      if random.chance(percent: 50), world.places.contains(where: { Self.fits($0, .shared) }) {
        disk(of: guest, number: number, in: place(.shared))
      } else {
        // Of that node's own group, whatever this node's storage of that name has.
        attach("local-lvm:vm-\(guest.id)-disk-\(number)", to: guest)
      }
    }
  }

  /// A local volume of this node's guest, named by another node's guest, too: two volumes.
  mutating func sameIDElsewhere() {
    let here = guest(container: false, running: random.chance(percent: 50))
    let place = place(.local)
    let volume = disk(of: here, number: 0, in: place)
    let there = guest(container: false, on: otherNode())
    attach("\(place.storageIDs[0]):\(volume.name)", to: there)
  }

  /// A disk given as a device path.
  mutating func absolutePath() {
    let guest = guest(container: false, running: true)
    disk(of: guest, number: 0, in: place())
    let volume = volume("vm-\(guest.id)-disk-1", in: place())
    let slot = attach(
      random.chance(percent: 50) ? volume.path : "/dev/mapper/\(volume.mappingName)", to: guest,
      options: "size=4G")
    settle(volume, of: guest, slot: slot)
  }

  /// A guest whose disks have no mapping on any node.
  mutating func otherTypes() {
    let guest = guest(container: false, running: random.chance(percent: 50))
    attach("nas:\(guest.id)/vm-\(guest.id)-disk-0.qcow2", to: guest)
    attach("tank:vm-\(guest.id)-disk-1", to: guest)
    attach("none", to: guest, slot: "ide2", options: "media=cdrom")
  }

  /// A running guest's disk of which somebody made partitions visible.
  mutating func closedPartition() {
    let guest = guest(container: false, running: true)
    disk(of: guest, number: 0, in: place())
    _ = partition(of: world.mappings[world.mappings.count - 1])
  }

  /// Two disks of one name in two groups.
  mutating func twinNames() {
    let guest = guest(container: false, running: true)
    let places = world.places.filter { !$0.usesChains }
    var groups: [Group] = []
    for place in places where !groups.contains(where: { $0 === place.group }) {
      groups.append(place.group)
      disk(of: guest, number: 0, in: place)
    }
  }

  /// A table in two lines where the metadata has one segment.
  mutating func splitTable() {
    let guest = guest(container: false, running: true)
    let volume = volume("vm-\(guest.id)-disk-0", in: place(.thick), extents: 8)
    attach("\(placeID(of: volume)):\(volume.name)", to: guest)
    let lines = table(of: volume).flatMap { line -> [TableLine] in
      guard line.type == "linear", line.length >= 2 * Group.extentSectors else { return [line] }
      let sector = Int(line.parameters.split(separator: " ")[1])!
      let half = Group.extentSectors
      return [
        .linear(line.start, half, on: line.devices[0], at: sector),
        .linear(line.start + half, line.length - half, on: line.devices[0], at: sector + half),
      ]
    }
    let mapping = map(volume, table: lines)
    open(mapping, by: guest)
    use(mapping, volume, by: guest)
    expect(mapping, "valid", "running-disk")
  }

  /// A storage that leads to a volume's place.
  func placeID(of volume: Volume) -> String {
    world.places.first { place in
      guard place.group === volume.group else { return false }
      if case .thin(let pool, _) = volume.kind { return place.pool === pool }
      return !place.isThin
    }!.storageIDs[0]
  }

  /// A task of this guest that is over.
  mutating func oldTask() {
    let guest = guest(container: false, running: true)
    disk(of: guest, number: 0, in: place())
    task("qmstart", of: guest.id, running: false)
  }
}
