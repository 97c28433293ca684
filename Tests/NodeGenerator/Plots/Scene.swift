/// Where one story is told: the node so far, and random numbers of its own.
struct Scene {
  let world: World
  let index: Int
  /// How many mappings the story should have if it can.
  let quota: Int
  var random: SplitMix64
  private var guestCount = 0

  init(world: World, index: Int, quota: Int) {
    self.world = world
    self.index = index
    self.quota = min(max(quota, 1), Guest.diskLimit)
    random = SplitMix64(seed: world.seed, stream: index + 1)
  }

  // MARK: Guests

  /// A number that no other story uses.
  mutating func nextGuestID() -> Int {
    defer { guestCount += 1 }
    let id = 100 + index * 4 + guestCount
    return random.chance(percent: 3) ? 900_000_000 + id : id
  }

  /// Makes a guest with a configuration; on this node unless said otherwise.
  mutating func guest(
    container: Bool? = nil, on node: String? = nil, running: Bool = false, id: Int? = nil
  ) -> Guest {
    let isContainer = container ?? random.chance(percent: 25)
    let guest = Guest(
      id: id ?? nextGuestID(), isContainer: isContainer, node: node ?? world.nodeName,
      isRunning: running, name: random.pick(["web", "db", "running-man", "mail", "k8s", "ci"]))
    world.guests.append(guest)
    return guest
  }

  mutating func otherNode() -> String { random.pick(world.otherNodes) }

  // MARK: Places

  enum PlaceKind { case any, thin, thick, localThick, shared, local, chain }

  /// A storage's place of a kind; `Plot.needs` sees to it that there is one.
  mutating func place(_ kind: PlaceKind = .any) -> World.Place {
    random.pick(world.places.filter { Self.fits($0, kind) })
  }

  static func fits(_ place: World.Place, _ kind: PlaceKind) -> Bool {
    switch kind {
    case .any: !place.usesChains
    case .thin: place.isThin
    case .thick: !place.isThin && !place.usesChains
    case .localThick: !place.isThin && !place.isShared
    case .shared: place.isShared && !place.usesChains
    case .local: !place.isShared
    case .chain: place.usesChains
    }
  }

  // MARK: Volumes

  /// Makes a volume in the metadata; it is not mapped.
  mutating func volume(
    _ name: String, in place: World.Place, extents: Int? = nil, host: String? = nil
  ) -> Volume {
    let extents = extents ?? random.number(in: 1...64)
    let volume: Volume
    if let pool = place.pool {
      volume = Volume(
        group: place.group, name: name, id: random.lvmID(),
        kind: .thin(pool: pool, id: place.group.nextThinID), extentCount: extents,
        createdAt: world.collectedAt - 86_400 - Int64(random.below(40_000_000)),
        host: world.nodeName)
      place.group.nextThinID += 1
      place.group.volumes.append(volume)
    } else {
      volume = world.addVolume(name, in: place.group, extents: extents, random: &random)
      if name.hasPrefix("vm-"), let id = name.dropFirst(3).split(separator: "-").first {
        volume.tags = "pve-vm-\(id)"
      }
    }
    if place.isShared { volume.host = random.pick([world.nodeName] + world.otherNodes) }
    if let host { volume.host = host }
    return volume
  }

  // MARK: Mappings

  /// The table that the metadata asks for.
  func table(of volume: Volume) -> [TableLine] {
    switch volume.kind {
    case .thin(let pool, let id):
      [.thin(volume.sectorCount, pool: pool.layer!.device, id: id)]
    case .thick(let segments), .layer(_, let segments, _): TableLine.lines(of: segments)
    case .pool: []
    }
  }

  /// Maps a volume as it should be, or under another name or table.
  func map(
    _ volume: Volume, name: String? = nil, uuid: String? = nil, openCount: Int = 0,
    table: [TableLine]? = nil
  ) -> Mapping {
    map(
      name: name ?? volume.mappingName, uuid: uuid ?? volume.uuid, openCount: openCount,
      table: table ?? self.table(of: volume))
  }

  func map(name: String, uuid: String, openCount: Int = 0, table: [TableLine]) -> Mapping {
    world.add(
      Mapping(
        name: name, uuid: uuid, device: world.nextDevice(), openCount: openCount, table: table))
  }

  /// Opens a mapping, as a guest's process or a mount does.
  mutating func open(_ mapping: Mapping, by guest: Guest? = nil) {
    mapping.openCount += 1
    guard let guest else { return }
    if guest.isContainer {
      world.users.append(
        World.DeviceUser(
          device: mapping.device, kind: "mount", pid: 4000 + guest.id % 100_000, detail: "/"))
    } else {
      world.users.append(
        World.DeviceUser(device: mapping.device, kind: "fd", pid: guest.pid, detail: "kvm"))
    }
  }

  // MARK: Truth

  func expect(
    _ mapping: Mapping, _ classification: String, _ rule: String, step: ExpectedStep? = nil,
    children: [String] = []
  ) {
    world.truth.mappings.append(
      ExpectedMapping(
        name: mapping.name, uuid: mapping.uuid, classification: classification, rule: rule,
        step: step, children: children, plot: index))
  }

  func expectMissing(_ guest: Guest, _ slot: String, _ rule: String, certain: Bool = true) {
    world.truth.missing.append(
      ExpectedMissing(
        guest: guest.id, slot: slot, rule: rule, isCertain: certain, plot: index))
  }
}

extension Guest {
  /// The process number that a running machine has.
  var pid: Int { 2000 + id % 1_000_000 }
}
