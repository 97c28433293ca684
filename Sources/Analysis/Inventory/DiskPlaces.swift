import BundleFormat
import NodeState

/// What is known of the devices below all mappings.
struct DiskPlaces: Sendable {
  /// The devices of the physical volumes that LVM read.
  let physicalDevices: Set<DeviceNumber>
  /// Groups that lie on what mostly guests have: ZFS volumes, RBD images, network block devices.
  let groupsOnGuestDevices: [LVMID: PhysicalVolume]
  /// Those of them that no storage of this node has.
  let groupsInsideGuests: [LVMID: PhysicalVolume]
  /// The paths of all multipath maps, by device mapper's word.
  let mappedPaths: Set<DeviceNumber>
  /// The same with those that only multipath itself tells of.
  let pathDevices: Set<DeviceNumber>

  init(_ snapshot: NodeSnapshot, _ special: SpecialMappings, nodeName: String) {
    let physicalVolumes = snapshot.lvm.physicalVolumes.value ?? []
    physicalDevices = Set(physicalVolumes.lazy.filter { !$0.isMissing }.compactMap(\.device))
    let onGuestDevices = Self.groupsOnGuestDevices(physicalVolumes)
    groupsOnGuestDevices = onGuestDevices
    groupsInsideGuests =
      snapshot.storages.value.map { storages in
        let here = Set(
          storages.lazy.filter { !$0.isDisabled && $0.isOf(node: nodeName) }.compactMap(
            \.volumeGroup))
        return onGuestDevices.filter { !here.contains($0.value.groupName) }
      } ?? [:]
    mappedPaths = Set(special.multipathMaps.flatMap(\.mapping.dependencies))
    pathDevices = mappedPaths.union(snapshot.host.multipathMembers.map(\.device))
  }

  /// Finds groups on `/dev/zd…`, `/dev/rbd…` and `/dev/nbd…`: PVE gives such devices to guests alone, and
  /// keeps LVM away from them by a filter.
  private static func groupsOnGuestDevices(
    _ physicalVolumes: [PhysicalVolume]
  ) -> [LVMID: PhysicalVolume] {
    var groups: [LVMID: PhysicalVolume] = [:]
    for physicalVolume in physicalVolumes {
      guard let group = physicalVolume.groupID,
        ["/dev/zd", "/dev/rbd", "/dev/nbd"].contains(where: physicalVolume.name.hasPrefix)
      else { continue }
      groups[group] = physicalVolume
    }
    return groups
  }
}
