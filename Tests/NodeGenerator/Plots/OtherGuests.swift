extension Plot {
  static let otherGuests = [
    Plot("moved-guest", needs: [.otherNode, .place(.shared)]) { $0.movedGuest(openCount: 0) },
    Plot("moved-guest-open", needs: [.otherNode, .place(.shared)]) {
      $0.movedGuest(openCount: 1)
    },
    Plot("moved-unused", needs: [.otherNode, .place(.shared)]) { $0.movedUnused() },
    Plot("moved-local-open", needs: [.otherNode]) { $0.movedLocalOpen() },
    Plot("stopped-shared", needs: [.place(.shared)]) { $0.stopped(.shared) },
    Plot("stopped-local") { $0.stopped(.localThick) },
    Plot("stopped-unused", needs: [.place(.shared)]) { $0.stoppedUnused() },
    Plot("stopped-open") { $0.stoppedOpen(.thick) },
    Plot("stopped-thin-open") { $0.stoppedOpen(.thin) },
    Plot("stopped-partition", needs: [.place(.shared)]) { $0.stoppedWithPartition() },
    Plot("stopped-open-partition") { $0.stoppedWithOpenPartition() },
  ]
}

extension Scene {
  /// Makes another node's guest with a shared disk that is mapped here.
  mutating func movedMapping(openCount: Int) -> (guest: Guest, mapping: Mapping) {
    let place = place(.shared)
    let guest = guest(on: otherNode())
    let volume = volume("vm-\(guest.id)-disk-0", in: place)
    attach(volumeID(volume, in: place), to: guest)
    return (guest, map(volume, openCount: openCount))
  }

  /// The guest went to another node, its mapping stayed.
  mutating func movedGuest(openCount: Int) {
    let (_, mapping) = movedMapping(openCount: openCount)
    if openCount == 0 {
      expect(mapping, "stale", "moved-guest", step: .deactivateFirst)
    } else {
      expect(mapping, "stale", "moved-guest-open")
    }
  }

  mutating func movedUnused() {
    let place = place(.shared)
    let guest = guest(on: otherNode())
    let volume = volume("vm-\(guest.id)-disk-4", in: place)
    attach(volumeID(volume, in: place), to: guest, slot: guest.nextUnusedSlot())
    expect(map(volume), "stale", "moved-guest", step: .deactivateFirst)
  }

  /// A local volume that only another node's guest names is open here.
  mutating func movedLocalOpen() {
    let place = place(.local)
    let guest = guest(on: otherNode())
    let volume = volume("vm-\(guest.id)-disk-0", in: place)
    attach(volumeID(volume, in: place), to: guest)
    expect(map(volume, openCount: 1), "stale", "moved-guest-open")
  }

  /// A thick disk of a stopped guest is still mapped.
  mutating func stopped(_ kind: PlaceKind) {
    let place = place(kind)
    let mapping = map(stoppedVolume(in: place))
    expect(mapping, "stale", "stopped-guest", step: place.isShared ? .deactivateFirst : nil)
  }

  mutating func stoppedUnused() {
    let place = place(.shared)
    let guest = guest()
    let volume = volume("vm-\(guest.id)-disk-2", in: place)
    attach(volumeID(volume, in: place), to: guest, slot: guest.nextUnusedSlot())
    expect(map(volume), "stale", "stopped-guest", step: .deactivateFirst)
  }

  /// Somebody uses a stopped guest's disk.
  mutating func stoppedOpen(_ kind: PlaceKind) {
    let mapping = map(stoppedVolume(in: place(kind)), openCount: 1)
    world.users.append(
      World.DeviceUser(device: mapping.device, kind: "mount", pid: 1, detail: "/mnt/rescue"))
    expect(mapping, "stale", "stopped-guest-open")
  }

  /// A partition of a stopped guest's disk is visible, and nobody uses it.
  mutating func stoppedWithPartition() {
    let mapping = map(stoppedVolume(in: place(.shared)))
    let child = partition(of: mapping)
    expect(mapping, "stale", "stopped-guest", step: .deactivateFirst, children: [child.name])
  }

  /// A partition of a stopped guest's disk is mounted.
  mutating func stoppedWithOpenPartition() {
    let mapping = map(stoppedVolume(in: place()))
    let child = partition(of: mapping, number: 2, openCount: 1)
    world.users.append(
      World.DeviceUser(device: child.device, kind: "mount", pid: 1, detail: "/mnt/p2"))
    expect(mapping, "stale", "stopped-guest-open")
  }
}
