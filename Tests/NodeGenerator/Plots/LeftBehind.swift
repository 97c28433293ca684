extension Plot {
  static let leftBehind = [
    Plot("leftover-copy", needs: [.otherNode]) { $0.leftoverCopy(isForeign: false) },
    Plot("foreign-copy", needs: [.otherNode]) { $0.leftoverCopy(isForeign: true) },
    Plot("leftover-snapshot") { $0.leftoverSnapshot() },
    Plot("leftover-fleecing") { $0.leftoverFleecing(isListed: false) },
    Plot("listed-fleecing") { $0.leftoverFleecing(isListed: true) },
    Plot("interrupted-wipe") { $0.interruptedWipe() },
  ]
}

extension Scene {
  /// A migration left the local volume behind; or another host made it, or may have it, too, and
  /// nothing is certain.
  mutating func leftoverCopy(isForeign: Bool) {
    let place = place(.local)
    let guest = guest(on: otherNode())
    let volume = volume(
      "vm-\(guest.id)-disk-0", in: place, host: isForeign ? guest.node : world.nodeName)
    attach(volumeID(volume, in: place), to: guest)
    let mayBeShared = place.group.physicalVolumes.contains { physicalVolume in
      world.disks.contains { $0.device == physicalVolume.device && $0.transport == "iscsi" }
    }
    if isForeign || mayBeShared {
      expect(map(volume), "unknown", "volumes-unknown")
    } else {
      expect(map(volume), "orphaned", "leftover-copy")
    }
  }

  /// A thin snapshot that no configuration knows.
  mutating func leftoverSnapshot() {
    let guest = guest(running: random.chance(percent: 50))
    let place = place(.thin)
    let volume = disk(of: guest, number: 0, in: place)
    expect(
      map(snapshot(of: volume, random.pick(["vzdump", "gone"]), in: place)),
      "orphaned", "leftover-snapshot")
  }

  /// A backup's image that was never taken away.
  mutating func leftoverFleecing(isListed: Bool) {
    let guest = guest(container: false, running: random.chance(percent: 50))
    let place = place(isListed ? .thin : .any)
    disk(of: guest, number: 0, in: place)
    let image = volume("vm-\(guest.id)-fleece-\(random.below(3))", in: place)
    if isListed {
      guest.sections.append(
        Guest.Section(
          header: "special:fleecing",
          lines: ["fleecing-images: \(volumeID(image, in: place))"], isSnapshot: false))
    }
    expect(map(image), "orphaned", "leftover-fleecing")
  }

  /// A volume on its way out, and nobody at it.
  mutating func interruptedWipe() {
    let volume = volume("del-vm-\(nextGuestID())-disk-0", in: place(.thick))
    expect(map(volume), "orphaned", "interrupted-wipe")
  }
}
