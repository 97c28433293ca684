import Analysis
import BundleFormat
import NodeState

/// One layer of a guest's disk: what it is called, and what is to be said of it.
struct StackLayer {
  /// `slot`, `storage`, `volume`, …
  let kind: String
  let value: String
  let note: String
  let state: State

  enum State: String {
    case plain
    /// What the picture is about.
    case focus
    /// It should be there, or something says that it was.
    case gone
  }

  /// The layer in words, for who can't see the picture.
  var words: String {
    let remark = note.isEmpty ? "" : " (\(note))"
    return "\(kind): \(value)\(remark)"
  }

  init(_ kind: String, _ value: String, note: String = "", _ state: State = .plain) {
    self.kind = kind
    self.value = value
    self.note = note
    self.state = state
  }

  static func layers(ofMappingAt position: Int, _ index: PageIndex) -> [StackLayer] {
    let facts = index.inventory.mappings[position]
    return [slot(of: facts), storage(of: facts), volume(of: facts)]
      + pool(of: facts) + [mapping(facts)] + lower(facts, index)
  }

  /// The layers that a configured disk should have, down to the first that isn't there.
  static func layers(of missing: MissingDisk, _ index: PageIndex) -> [StackLayer] {
    let id = missing.volume.split(separator: ":", maxSplits: 1).map(String.init)
    let storage = index.inventory.storages.first { $0.id == id.first }
    let group = storage?.volumeGroup ?? "?"
    let volume = id.count == 2 ? id[1] : missing.volume
    let isThere = missing.rule === Rule.missingMapping
    return [
      StackLayer("slot", "\(missing.slot) of guest \(missing.guest)"),
      StackLayer("storage", id.first ?? "?", note: storage.map(words) ?? "not in storage.cfg"),
      StackLayer(
        "volume", "\(group)/\(volume)", note: isThere ? "" : "not in LVM", isThere ? .plain : .gone),
      StackLayer("mapping", missing.mapping, note: "none", .gone),
    ]
  }

  private static func slot(of facts: MappingFacts) -> StackLayer {
    let references = facts.references
    guard let first = references.first(where: \.isAttached) ?? references.first else {
      return facts.mentions.isEmpty
        ? StackLayer("slot", "no configuration", note: "not named", .gone)
        : StackLayer("slot", "mentioned only", note: "no disk line", .gone)
    }
    let configuration = first.configuration
    let more = references.count - 1
    return StackLayer(
      "slot", "\(first.reference.slot) of guest \(configuration.id) on \(configuration.node)",
      note: more > 0 ? "and \(more) more" : first.isAttached ? "" : "kept")
  }

  private static func storage(of facts: MappingFacts) -> StackLayer {
    let named = facts.references.lazy.compactMap(\.storage).first
    guard let storage = named ?? facts.storages.first else {
      return StackLayer("storage", "none", note: "not PVE's", .gone)
    }
    return StackLayer("storage", storage.id, note: words(storage))
  }

  private static func words(_ storage: Storage) -> String {
    "\(storage.type), \(storage.isShared ? "shared" : "local")"
  }

  private static func volume(of facts: MappingFacts) -> StackLayer {
    let path = facts.path.map { "\($0.group)/\($0.volume)" } ?? facts.mapping.name
    switch facts.standing {
    case .known(let volume, _):
      return StackLayer("volume", path, note: Quantity.bytes(volume.sizeBytes))
    case .ghost:
      let note = facts.namesake == nil ? "gone from LVM" : "another uuid"
      return StackLayer("volume", path, note: note, .gone)
    case .groupAbsent: return StackLayer("volume", path, note: "no such group", .gone)
    case .unreadable: return StackLayer("volume", path, note: "not known", .gone)
    case .notLVM: return StackLayer("volume", path, note: "not LVM's", .gone)
    }
  }

  private static func pool(of facts: MappingFacts) -> [StackLayer] {
    guard let volume = facts.volume, let pool = volume.poolName else { return [] }
    return [StackLayer("thin pool", "\(volume.groupName)/\(pool)")]
  }

  private static func mapping(_ facts: MappingFacts) -> StackLayer {
    let mapping = facts.mapping
    let note =
      mapping.attributes.isSuspended
      ? "suspended" : facts.ownOpenCount > 0 ? "open \(facts.ownOpenCount)" : "not open"
    return StackLayer("mapping", "\(mapping.device) \(mapping.name)", note: note, .focus)
  }
}
