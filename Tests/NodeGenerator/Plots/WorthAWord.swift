extension Plot {
  static let worthAWord = [
    Plot("attached-not-open") { $0.attachedNotOpen() },
    Plot("missing-mapping") { $0.missingMapping() },
    Plot("missing-volume") { $0.missingVolume() },
  ]
}

extension Scene {
  /// A running guest that doesn't use a disk that it has.
  mutating func attachedNotOpen() {
    let guest = guest(container: false, running: true)
    let place = place()
    disk(of: guest, number: 0, in: place)
    let idle = volume("vm-\(guest.id)-disk-1", in: place)
    attach(volumeID(idle, in: place), to: guest)
    expect(map(idle), "valid", "attached-not-open")
  }

  /// A running guest that must have a disk that nothing shows.
  mutating func missingMapping() {
    let guest = guest(container: false, running: true)
    let place = place()
    disk(of: guest, number: 0, in: place)
    let lost = volume("vm-\(guest.id)-disk-1", in: place)
    expectMissing(guest, attach(volumeID(lost, in: place), to: guest), "missing-mapping")
  }

  /// A stopped guest with a disk that nobody has.
  mutating func missingVolume() {
    let guest = guest(container: false)
    let place = place()
    disk(of: guest, number: 0, in: place)
    let slot = attach("\(place.storageIDs[0]):vm-\(guest.id)-disk-7", to: guest)
    expectMissing(guest, slot, "missing-volume")
    if random.chance(percent: 50) {
      let unused = attach(
        "\(place.storageIDs[0]):vm-\(guest.id)-disk-8", to: guest, slot: guest.nextUnusedSlot())
      expectMissing(guest, unused, "missing-volume")
    }
  }
}
