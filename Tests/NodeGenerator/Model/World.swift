/// A node while it is being made up.
///
/// One writer fills it story by story; what comes out is a value.
final class World {
  let seed: UInt64
  let options: GeneratorOptions
  var nodeName = "pve1"
  var otherNodes: [String] = []
  /// Device mapper's major number, dynamic on every boot.
  var mapperMajor = 253
  /// Seconds since the epoch.
  var collectedAt: Int64 = 1_795_400_000

  var disks: [Disk] = []
  var groups: [Group] = []
  var places: [Place] = []
  var storages: [StorageSection] = []
  var mappings: [Mapping] = []
  var guests: [Guest] = []
  var tasks: [Task] = []
  var users: [DeviceUser] = []
  /// Lines of fstab beside the host's own.
  var mounts: [String] = []
  var multipathMaps: [MultipathMap] = []
  var truth = NodeTruth()

  init(seed: UInt64, options: GeneratorOptions) {
    self.seed = seed
    self.options = options
  }

  func add(_ mapping: Mapping) -> Mapping {
    mappings.append(mapping)
    return mapping
  }

  func nextDevice() -> Device { Device(major: mapperMajor, minor: mappings.count) }

  func addDisk(transport: String) -> Disk {
    let disk = Disk.scsi(index: disks.count, transport: transport)
    disks.append(disk)
    return disk
  }

  /// Where volumes can be: a storage's group, and its pool if it is thin.
  struct Place {
    /// Every storage that leads there.
    let storageIDs: [String]
    let group: Group
    let pool: Pool?
    let usesChains: Bool

    var isThin: Bool { pool != nil }
    var isShared: Bool { group.isShared }
  }

  /// A section of storage.cfg.
  struct StorageSection {
    let type: String
    let id: String
    let lines: [String]
  }

  /// A worker of Proxmox VE.
  struct Task {
    let type: String
    let subject: String
    let startedAt: Int64
    let isRunning: Bool
  }

  struct DeviceUser {
    let device: Device
    let kind: String
    let pid: Int
    let detail: String
  }

  struct MultipathMap {
    let mapping: Mapping
    let wwid: String
    let paths: [Disk]
  }
}
