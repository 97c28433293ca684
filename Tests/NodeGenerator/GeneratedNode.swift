import BundleFormat

/// A node made up from a seed, with the truth about it.
///
/// The same seed and options give the same bytes, on any machine.
public struct GeneratedNode: Sendable {
  public let seed: UInt64
  public let options: GeneratorOptions
  /// What happened on the node: the name of each story by its index; nil where it was left out.
  public let plots: [String?]
  public let bundle: NodeBundle
  public let truth: NodeTruth

  /// Every story that can be told.
  public static let plotNames = (Plot.healthy + Plot.faulty).map(\.name)

  public init(seed: UInt64, options: GeneratorOptions = GeneratorOptions()) {
    self.seed = seed
    self.options = options
    let world = World(seed: seed, options: options)
    var random = SplitMix64(seed: seed, stream: 0)
    world.layOut(random: &random)
    plots = world.tellStories()
    world.addVariations()
    world.countHolders()
    world.truth.mappings.sort { $0.name < $1.name }
    world.truth.missing.sort { ($0.guest, $0.slot) < ($1.guest, $1.slot) }
    bundle = world.bundle(
      bootID: random.universallyUniqueID(), machineID: random.hexadecimal(32))
    truth = world.truth
  }
}

extension World {
  /// Tells story after story until the node has what was asked for.
  fileprivate func tellStories() -> [String?] {
    let healthy = Plot.healthy.filter { $0.isPossible(in: self) }
    let faulty = Plot.faulty.filter { $0.isPossible(in: self) }
    var told: [String?] = []
    while isWanting(after: told.count) {
      let index = told.count
      guard !options.omittedPlots.contains(index) else {
        told.append(nil)
        continue
      }
      var choice = SplitMix64(seed: seed, stream: -100 - index)
      var plot = choice.pick(choice.chance(percent: options.faultPercent) ? faulty : healthy)
      let quota = quota(random: &choice)
      if !plot.isPossible(in: self) || isBehind(quota) { plot = healthy[0] }
      var scene = Scene(world: self, index: index, quota: quota)
      plot.tell(&scene)
      told.append(plot.name)
    }
    return told
  }

  private func isWanting(after count: Int) -> Bool {
    guard options.mappings != nil else { return count < options.guests }
    // Stories without a guest are a few of a hundred.
    return guests.count < options.guests && count < 4 * options.guests + 100
  }

  /// How many mappings the next story should have so that the node gets as many as it shall.
  private func quota(random: inout SplitMix64) -> Int {
    guard let wanted = options.mappings else { return random.number(in: 1...3) }
    let rest = max(1, options.guests - guests.count)
    return max(0, wanted - mappings.count + rest / 2) / rest
  }

  /// Whether so many mappings are wanting that only a guest with many disks will do.
  private func isBehind(_ quota: Int) -> Bool {
    guard let wanted = options.mappings else { return false }
    return quota > wanted / max(1, options.guests) + 1
  }

  /// Adds what no verdict may depend on.
  fileprivate func addVariations() {
    var random = SplitMix64(seed: seed, stream: -4)
    if options.variations.contains(.unrelatedGroupsAdded) {
      for number in 0..<3 {
        let group = addGroup(
          "aa-unrelated-\(number)", isShared: false, transport: "sata", random: &random)
        let volume = addVolume("data", in: group, extents: 9, random: &random)
        hostMapping(
          volume.mappingName, uuid: volume.uuid, openCount: 1,
          table: TableLine.lines(of: volume.segments), rule: "host-volume")
      }
    }
    if options.variations.contains(.unrelatedMappingsDoubled) {
      for number in 0..<options.guests {
        var scene = Scene(world: self, index: 1_000_000 + number, quota: 2)
        scene.plainGuest(.any)
      }
    }
  }

  /// A mapping is open for each mapping that lies on it.
  fileprivate func countHolders() {
    for mapping in mappings {
      for device in mapping.dependencies
      where device.major == mapperMajor && device.minor < mappings.count {
        mappings[device.minor].holderCount += 1
      }
    }
  }
}
