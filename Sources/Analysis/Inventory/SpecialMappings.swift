import BundleFormat
import NodeState

/// The mappings that are no volume's public device, by what they are.
///
/// They are few, and several joins look for them alone.
struct SpecialMappings: Sendable {
  private(set) var multipathMaps: [(position: Int, mapping: Mapping)] = []
  /// Partitions, with the uuid of the mapping that each is of.
  private(set) var partitions: [Partition] = []
  /// The `-tpool` layers of thin pools, with their groups.
  private(set) var poolLayers: [(mapping: Mapping, group: LVMID)] = []

  struct Partition: Sendable {
    let position: Int
    let device: DeviceNumber
    let number: Int
    let parent: String
  }

  init(_ mappings: [Mapping]) {
    for (position, mapping) in mappings.enumerated() where mapping.uuid?.publicVolume == nil {
      switch mapping.uuid?.origin {
      case .multipath?: multipathMaps.append((position, mapping))
      case .partition(let number, let parent)?:
        partitions.append(
          Partition(position: position, device: mapping.device, number: number, parent: parent))
      case .volume(let identity, layer: "tpool")?: poolLayers.append((mapping, identity.group))
      case .volume?, .crypt?, .other?, nil: break
      }
    }
  }

  /// The partitions of multipath maps, each with its map.
  var partitionsOfMaps: [(partition: Partition, map: Mapping)] {
    if partitions.isEmpty || multipathMaps.isEmpty { return [] }
    let maps = Dictionary(
      multipathMaps.compactMap { map in map.mapping.uuid.map { ($0.description, map.mapping) } },
      uniquingKeysWith: { $1 })
    return partitions.compactMap { partition in maps[partition.parent].map { (partition, $0) } }
  }

  /// The multipath maps as LVM's warnings name them.
  var multipathPaths: Set<String> {
    Set(
      multipathMaps.flatMap {
        ["/dev/mapper/\($0.mapping.name)", "/dev/dm-\($0.mapping.device.minor)"]
      })
  }
}
