import BundleFormat
import NodeState

/// What is known of the devices below all mappings.
struct DiskPlaces: Sendable {
  /// The devices of the physical volumes that LVM read.
  let physicalDevices: Set<DeviceNumber>
  /// Groups that lie on what only guests have: ZFS volumes, RBD images, network block devices.
  let groupsInsideGuests: [LVMID: PhysicalVolume]
  /// The paths of all multipath maps, by device mapper's word.
  let mappedPaths: Set<DeviceNumber>
  /// The same with those that only multipath itself tells of.
  let pathDevices: Set<DeviceNumber>

  init(_ snapshot: NodeSnapshot, _ special: SpecialMappings) {
    let physicalVolumes = snapshot.lvm.physicalVolumes.value ?? []
    physicalDevices = Set(physicalVolumes.lazy.filter { !$0.isMissing }.compactMap(\.device))
    groupsInsideGuests =
      snapshot.storages.value.map { Self.groupsInsideGuests(physicalVolumes, $0) } ?? [:]
    mappedPaths = Set(special.multipathMaps.flatMap(\.mapping.dependencies))
    pathDevices = mappedPaths.union(snapshot.host.multipathMembers.map(\.device))
  }

  /// Finds groups on `/dev/zd…`, `/dev/rbd…` and `/dev/nbd…` that no storage has: PVE gives such
  /// devices to guests alone, and keeps LVM away from them by a filter.
  private static func groupsInsideGuests(
    _ physicalVolumes: [PhysicalVolume], _ storages: [Storage]
  ) -> [LVMID: PhysicalVolume] {
    var groups: [LVMID: PhysicalVolume] = [:]
    for physicalVolume in physicalVolumes {
      guard let group = physicalVolume.groupID,
        ["/dev/zd", "/dev/rbd", "/dev/nbd"].contains(where: physicalVolume.name.hasPrefix),
        !storages.contains(where: { $0.volumeGroup == physicalVolume.groupName })
      else { continue }
      groups[group] = physicalVolume
    }
    return groups
  }
}
