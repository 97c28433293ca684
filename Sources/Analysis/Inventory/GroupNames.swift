import BundleFormat
import NodeState

/// The names that one group has: LVM's, and the older ones that mappings still bear.
///
/// Who renames a group on one node renames neither the mappings of the others nor what `storage.cfg` and other
/// nodes' lines say: each of the names means the same disks.
struct GroupNames: Sendable {
  /// All names of a group, sorted, by each of them; nearly always empty.
  private var names: [String: [String]] = [:]
  /// A group with more names than anybody gives one; what they would mean is not followed.
  private(set) var excessive: String?
  private static let mostNames = 64

  init() {}

  init(_ mappings: [Mapping], _ groups: [VolumeGroup]) {
    let names = Dictionary(groups.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
    // Both ways.
    var others: [String: Set<String>] = [:]
    // Mappings of one group follow each other.
    var last: (id: LVMID, name: String, prefix: [UInt8])?
    for mapping in mappings {
      guard let id = mapping.uuid?.publicVolume?.group else { continue }
      if last?.id != id {
        guard let name = names[id] else { continue }
        last = (id, name, Array(MappingName(group: name, volume: "").description.utf8))
      }
      guard let last, !Self.isOfGroup(mapping.name, last.prefix) else { continue }
      let named = MappingName(decoding: mapping.name)
      guard !named.volume.isEmpty, named.group != last.name else { continue }
      others[named.group, default: []].insert(last.name)
      others[last.name, default: []].insert(named.group)
    }
    for name in others.keys where self.names[name] == nil {
      let all = Self.reached(from: name, by: others)
      if all.count > Self.mostNames { excessive = min(excessive ?? all[0], all[0]) }
      for one in all { self.names[one] = all.count > Self.mostNames ? [one] : all }
    }
  }

  private static func reached(from name: String, by others: [String: Set<String>]) -> [String] {
    var result: Set<String> = [name]
    var open = [name]
    while let next = open.popLast() {
      for other in others[next] ?? [] where result.insert(other).inserted { open.append(other) }
    }
    return result.sorted()
  }

  /// Whether a mapping's name begins with a group's: `san-` is none of `san--b-vm--100--disk--0`.
  private static func isOfGroup(_ name: String, _ prefix: [UInt8]) -> Bool {
    let name = name.utf8.span
    guard name.count > prefix.count, name[prefix.count] != UInt8(ascii: "-") else { return false }
    for index in prefix.indices where name[index] != prefix[index] { return false }
    return true
  }

  /// Whether no group is known to have another name.
  var isEmpty: Bool { names.isEmpty }

  /// The other names of a group.
  func others(of group: String) -> [String] {
    (names[group] ?? []).filter { $0 != group }
  }

  /// Adds to some groups' names all others that these groups have.
  func all(of names: Set<String>) -> Set<String> {
    if isEmpty { return names }
    return names.reduce(into: names) { $0.formUnion(self.names[$1] ?? []) }
  }
}
