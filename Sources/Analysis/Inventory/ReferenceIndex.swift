import BundleFormat
import NodeState

/// All configurations' references and mentions, found by volume, by mapping name and by device.
///
/// `storage.cfg` is the only bridge from a storage's id to a volume group's name; names that look
/// alike prove nothing.
struct ReferenceIndex: Sendable {
  private(set) var references = TargetLists<ResolvedReference>()
  private(set) var mentions = TargetLists<ResolvedMention>()
  /// By the number of a volume's name: references by volume name alone, for a volume that lies in another
  /// storage than the line says.
  private var namedReferences = Chains<ResolvedReference>()
  /// Mentions of a volume by name on a storage that nobody knows; they may mean any group.
  private var namedMentions = Chains<ResolvedMention>()
  /// The guests that have a disk on a storage that nobody knows: what mappings it has may be called anyhow.
  private(set) var guestsOnUnknownStorages: Set<GuestID> = []
  /// The guests of this node that have a disk by a path that leads nowhere now: what lies on one of their
  /// mappings, a LUKS device or a partition's link, is there only while that is used.
  private(set) var guestsWithLostPaths: Set<GuestID> = []
  private var numbers: VolumeNumbers
  /// How many references there are; ``ResolvedReference/number`` counts them.
  let count: Int
  /// Device paths in configurations of this node that lead nowhere the bundle shows.
  private(set) var unresolvedPaths: [String] = []
  /// Device paths in configurations through folders of links that the bundle lacks.
  private(set) var uncollectedPaths: [String] = []

  private let storages: [String: StorageBridge]
  private let nodeName: String
  let paths: DevicePaths
  /// The groups of shared storages, by all names that they have.
  private let sharedGroups: Set<String>

  /// What a storage's id leads to.
  private struct StorageBridge {
    let storage: Storage
    /// The number of its group; nil for one without.
    let group: Int?
    /// Whether nobody knows where its volumes are.
    let isUnknown: Bool
    /// Whether its volumes are the same on all nodes: it says so, or another one of its group. Thin pools
    /// are a node's own whatever else is in their group.
    let isShared: Bool

    init(_ storage: Storage, sharedGroups: Set<String>, _ numbers: inout VolumeNumbers) {
      self.storage = storage
      group = storage.volumeGroup.map { numbers.makeNumber(ofGroup: $0) }
      isUnknown = storage.volumeGroup == nil && !storage.hasNoMappings
      let isOfSharedGroup =
        storage.type != "lvmthin" && storage.volumeGroup.map(sharedGroups.contains) ?? false
      isShared = storage.isShared || isOfSharedGroup
    }
  }

  init(
    configurations: [GuestConfiguration], storages: [Storage], nodeName: String,
    paths: DevicePaths, names: GroupNames = GroupNames(),
    guests: GuestStates = GuestStates(machines: [], containers: [])
  ) {
    let sharedGroups = names.all(of: Set(storages.filter(\.isShared).compactMap(\.volumeGroup)))
    var numbers = VolumeNumbers()
    self.storages = Dictionary(
      storages.map { ($0.id, StorageBridge($0, sharedGroups: sharedGroups, &numbers)) },
      uniquingKeysWith: { first, _ in first })
    self.numbers = numbers
    self.nodeName = nodeName
    self.paths = paths
    self.sharedGroups = sharedGroups
    count = configurations.reduce(0) { $0 + $1.references.count }
    self.numbers.reserveCapacity(count)
    references.reserveCapacity(count)
    namedReferences.reserveCapacity(count)
    var number = 0
    for configuration in configurations {
      let source = ConfigurationStanding(configuration, nodeName: nodeName, guests: guests)
      for position in configuration.references.indices {
        add(position, number: number, of: source)
        number += 1
      }
      for mention in configuration.mentions {
        add(mention, of: source)
        if let bare = mention.withoutPunctuation { add(bare, of: source) }
      }
    }
  }

  private mutating func add(_ position: Int, number: Int, of source: ConfigurationStanding) {
    func reference(
      _ storage: Storage?, counts: Bool, snapshot: String? = nil
    ) -> ResolvedReference {
      ResolvedReference(
        source, position: position, number: number, storage: storage, counts: counts,
        snapshot: snapshot)
    }
    let lines = source.configuration.references
    switch lines.span[position].target {
    case .path(let path):
      let known = unresolvedPaths.count
      let resolved = resolve(path, of: source, isDisk: true)
      if unresolvedPaths.count > known {
        guestsWithLostPaths.insert(source.configuration.id)
      }
      guard let (targets, counts) = resolved else { return }
      let named = reference(nil, counts: counts)
      for target in targets {
        if let volume = target.volume {
          references.append(named, toPath: makeNumbers(of: volume).path)
        }
        references.append(named, at: target)
      }
      let line = lines.span[position]
      let mention = Mention(text: path, place: line.slot, location: line.location)
      addWholes(of: targets) { ResolvedMention(source, mention: mention, counts: counts) }
    case .volume(let id):
      guard let bridge = storages[id.storage], !bridge.isUnknown else {
        // The volume may be anywhere.
        let mention = Mention(
          text: id.description,
          place: "\(lines.span[position].slot), on a storage that only a plugin or nobody knows,",
          location: lines.span[position].location)
        guestsOnUnknownStorages.insert(source.configuration.id)
        addMention(mention, ofName: id.volume, of: source)
        if let snapshot = lines.span[position].snapshotWithVolume {
          let volume = GuestVolumeName.snapshotVolume(of: id.volume, snapshot: snapshot)
          addMention(mention, ofName: volume, of: source)
        }
        return
      }
      guard let group = bridge.group else { return }
      let counts = source.isHere || bridge.isShared
      let named = reference(bridge.storage, counts: counts)
      let numbers = makeNumbers(ofGroup: group, volume: id.volume)
      references.append(named, toPath: numbers.path)
      namedReferences.append(named, to: numbers.name)
      if let snapshot = lines.span[position].snapshotWithVolume {
        let volume = GuestVolumeName.snapshotVolume(of: id.volume, snapshot: snapshot)
        let following = reference(bridge.storage, counts: counts, snapshot: snapshot)
        let numbers = makeNumbers(ofGroup: group, volume: volume)
        references.append(following, toPath: numbers.path)
        namedReferences.append(following, to: numbers.name)
      }
    }
  }

  private mutating func add(_ mention: Mention, of source: ConfigurationStanding) {
    func resolved(counts: Bool) -> ResolvedMention {
      ResolvedMention(source, mention: mention, counts: counts)
    }
    if mention.text.hasPrefix("/") {
      let isDisk = mention.isOfDevice
      guard let (targets, counts) = resolve(mention.text, of: source, isDisk: isDisk) else {
        return
      }
      let named = resolved(counts: counts)
      for target in targets { add(named, at: target) }
      return addWholes(of: targets) { named }
    }
    guard let id = VolumeID(Substring(mention.text)) else { return }
    let bridge = storages[id.storage]
    if let bridge, let group = bridge.group {
      mentions.append(
        resolved(counts: source.isHere || bridge.isShared),
        toPath: makeNumbers(ofGroup: group, volume: id.volume).path)
    } else if bridge?.isUnknown ?? true {
      addMention(mention, ofName: id.volume, of: source)
    }
  }

  /// Takes note of the mappings whose partitions may be named.
  private mutating func addWholes(of targets: [PathTarget], _ mention: () -> ResolvedMention) {
    for whole in targets.compactMap(\.whole) { add(mention(), at: whole) }
  }

  private mutating func add(_ mention: ResolvedMention, at target: PathTarget) {
    if let volume = target.volume {
      mentions.append(mention, toPath: makeNumbers(of: volume).path)
    }
    mentions.append(mention, at: target)
  }

  private mutating func addMention(
    _ mention: Mention, ofName name: String, of source: ConfigurationStanding
  ) {
    namedMentions.append(
      ResolvedMention(source, mention: mention, counts: true),
      to: numbers.makeNumber(ofName: name))
  }

  private mutating func makeNumbers(of path: VolumePath) -> (name: Int, path: Int) {
    makeNumbers(ofGroup: numbers.makeNumber(ofGroup: path.group), volume: path.volume)
  }

  private mutating func makeNumbers(
    ofGroup group: Int, volume: String
  ) -> (name: Int, path: Int) {
    let name = numbers.makeNumber(ofName: volume)
    return (name, numbers.makeNumber(ofPathOf: group, name))
  }

  /// Returns what a path leads to and whether it counts here; nil for one that names no device, or that
  /// is only a doubt.
  private mutating func resolve(
    _ written: String, of source: ConfigurationStanding, isDisk: Bool = false
  ) -> (targets: [PathTarget], counts: Bool)? {
    let path = DevicePaths.normalised(written)
    guard path.hasPrefix("/dev/") else { return nil }
    let isHere = source.isHere
    // Where another node's links lead is not known.
    let all = isHere ? paths.targets(of: path, isDisk: isDisk) : [paths.target(of: path)]
    let targets = all.filter { target in
      switch target {
      case .unresolved, .uncollected, .nothingMapped: false
      case .minor: isHere
      case .volume, .mapping, .device, .uuid: true
      }
    }
    if isHere, all.contains(.unresolved) { unresolvedPaths.append(path) }
    // What another node's link leads to is not known, but one in /dev/disk is called so here as well.
    if all.contains(.uncollected) || !isHere && all.contains(.unresolved) && !paths.areRead {
      uncollectedPaths.append(path)
    }
    guard let first = targets.first else { return nil }
    // What a link in /dev/disk is called follows from what is on the disk: it is called so on every node.
    let isOfContent =
      if case .device = first { path.hasPrefix("/dev/disk/") } else { false }
    return (targets, isHere || isOfContent || first.isEverywhere(sharedGroups))
  }
}

extension ReferenceIndex {
  /// What is found for one mapping.
  struct Found {
    var references: [ResolvedReference] = []
    var mentions: [ResolvedMention] = []

    /// Keeps each once: a path may name a mapping by its form and by where its link leads.
    mutating func removeRepetitions() {
      if references.count > 1 {
        var seen: Set<ObjectIdentifier> = []
        references.removeAll { !seen.insert(ObjectIdentifier($0)).inserted }
      }
      if mentions.count > 1 {
        var seen: Set<ObjectIdentifier> = []
        mentions.removeAll { !seen.insert(ObjectIdentifier($0)).inserted }
      }
    }
  }

  /// A group's name with its number; nil for one that nothing names.
  struct KnownGroup {
    fileprivate let name: String
    fileprivate let number: Int?
  }

  /// Finds what names a mapping, or a volume by the mapping's path and by the one that its name says.
  ///
  /// - Parameters:
  ///   - mapping: Nil for one that nothing names directly, by ``namedDirectly(_:_:)``.
  ///   - group: The last group that was asked for: mappings of one group follow each other.
  func find(
    naming mapping: Mapping?, at path: VolumePath?, _ namedPath: VolumePath?,
    _ group: inout KnownGroup?
  ) -> Found {
    var found = Found()
    if let mapping {
      references.find(naming: mapping, into: &found.references)
      mentions.find(naming: mapping, into: &found.mentions)
    }
    if let path { find(path, &group, into: &found) }
    if let namedPath, namedPath != path { find(namedPath, &group, into: &found) }
    if mapping != nil { found.removeRepetitions() }
    return found
  }

  private func find(
    _ path: VolumePath, _ group: inout KnownGroup?, into found: inout Found
  ) {
    guard let name = numbers.number(ofName: path.volume) else { return }
    if group?.name != path.group {
      group = KnownGroup(name: path.group, number: numbers.number(ofGroup: path.group))
    }
    if let group = group?.number, let number = numbers.number(ofPathOf: group, name) {
      references.byPath.find(number, into: &found.references)
      mentions.byPath.find(number, into: &found.mentions)
    }
    namedMentions.find(name, into: &found.mentions)
  }

  /// Tells of each mapping whether something may name it otherwise than by its volume's path: hardly
  /// anything does.
  ///
  /// - Parameter mappings: In the order of their names.
  func namedDirectly(_ mappings: [Mapping]) -> [Bool] {
    let hasUUIDs = !references.byUUID.isEmpty || !mentions.byUUID.isEmpty
    var isMinor = Array(repeating: false, count: 1024)
    for minor in references.minors.union(mentions.minors) { isMinor[Int(minor % 1024)] = true }
    var isNamed = mappings.map { hasUUIDs || isMinor[Int($0.device.minor % 1024)] }
    for name in Set(references.byMappingName.keys).union(mentions.byMappingName.keys) {
      var (start, end) = (0, mappings.count)
      while start < end {
        let middle = start + (end - start) / 2
        if mappings[middle].name < name { start = middle + 1 } else { end = middle }
      }
      if start < mappings.count, mappings[start].name == name { isNamed[start] = true }
    }
    return isNamed
  }

  /// Returns what names the volume of a path, by whatever storage.
  func references(to path: VolumePath) -> [ResolvedReference] {
    number(of: path).map { references.byPath.list($0) } ?? []
  }

  func mentions(of path: VolumePath) -> [ResolvedMention] {
    number(of: path).map { mentions.byPath.list($0) } ?? []
  }

  /// Returns the references by storage to a volume of that name in whatever group.
  func references(toName name: String) -> [ResolvedReference] {
    numbers.number(ofName: name).map { namedReferences.list($0) } ?? []
  }

  /// Returns what mentions a volume of that name on a storage that nobody knows.
  func mentions(ofName name: String) -> [ResolvedMention] {
    numbers.number(ofName: name).map { namedMentions.list($0) } ?? []
  }

  private func number(of path: VolumePath) -> Int? {
    guard let name = numbers.number(ofName: path.volume),
      let group = numbers.number(ofGroup: path.group)
    else { return nil }
    return numbers.number(ofPathOf: group, name)
  }
}

extension VolumeReference {
  /// The snapshot of whose section the line is, where a volume of its own follows from it.
  fileprivate var snapshotWithVolume: String? {
    if case .snapshot(let snapshot) = section, slot != "vmstate" { snapshot } else { nil }
  }
}
