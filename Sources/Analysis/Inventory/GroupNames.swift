import BundleFormat
import NodeState

/// The names that one group has: LVM's, and the older ones that mappings still bear.
///
/// Who renames a group on one node renames neither the mappings of the others nor what `storage.cfg` and other
/// nodes' lines say: each of the names means the same disks.
struct GroupNames: Sendable {
  /// Both ways; nearly always empty.
  private var others: [String: Set<String>] = [:]

  init() {}

  init(_ mappings: [Mapping], _ groups: [VolumeGroup]) {
    let names = Dictionary(groups.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
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
  }

  /// Whether a mapping's name begins with a group's: `san-` is none of `san--b-vm--100--disk--0`.
  private static func isOfGroup(_ name: String, _ prefix: [UInt8]) -> Bool {
    let name = name.utf8.span
    guard name.count > prefix.count, name[prefix.count] != UInt8(ascii: "-") else { return false }
    for index in prefix.indices where name[index] != prefix[index] { return false }
    return true
  }

  /// Whether no group is known to have another name.
  var isEmpty: Bool { others.isEmpty }

  /// Adds to some groups' names all others that these groups have.
  func all(of names: Set<String>) -> Set<String> {
    if others.isEmpty { return names }
    var result = names
    var open = Array(names)
    while let name = open.popLast() {
      for other in others[name] ?? [] where result.insert(other).inserted { open.append(other) }
    }
    return result
  }
}
