import BundleFormat

/// What a node says of itself beside its mappings: nil or empty where nothing was collected.
public struct HostFacts: Sendable {
  public var pveVersion: String?
  public var kernelRelease: String?
  /// Debian packages by name, from `packages`.
  public var packageVersions: [String: String] = [:]
  public var metrics = NodeMetrics()
  public var udevCookies: [Line] = []
  /// Lines of fstab that are no comment.
  public var fstab: Observed<[Line]> = .unavailable(Gap(source: .fstab, reason: "not collected"))
  /// Settings of `lvmconfig`: `devices/scan_lvs` → `0`.
  public var lvmSettings: [String: String] = [:]
  public var lvmSettingsLocation: SourceLocation?
  /// `zpool status -x`, line by line.
  public var zpoolStatus: [Line] = []
  public var thinPools: [ThinPoolStatus] = []
  /// Mappings of thick snapshots that are invalid, full or whose merge failed, by name.
  public var brokenSnapshots: [Line] = []
  public var multipathMembers: [MultipathMember] = []
  public var iscsiSessions: [ISCSISession] = []
  /// Guests that high availability may start, stop and move.
  public var highAvailability: [HighAvailabilityResource] = []
  /// Nil on a node of its own, and where `pvecm status` gave nothing.
  public var quorumVotes: QuorumVotes?
  /// PVE services by unit: `pve-cluster` → `active`.
  public var services: [String: String] = [:]
  public var kernelMessages: [Line] = []
  /// What `qm list` prints: a cross-check.
  public var listedMachines: Observed<[ListedGuest]> = .unavailable(
    Gap(source: .qmList, reason: "not collected"))
  /// What `pct list` prints: a cross-check.
  public var listedContainers: Observed<[ListedGuest]> = .unavailable(
    Gap(source: .pctList, reason: "not collected"))

  public init() {}

  /// A line kept as it was printed.
  public struct Line: Hashable, Sendable {
    public let text: String
    public let location: SourceLocation
    public init(text: String, location: SourceLocation) {
      self.text = text
      self.location = location
    }
  }
}

/// What `dmsetup status --noflush` says of a thin pool.
public struct ThinPoolStatus: Hashable, Sendable {
  public let mapping: String
  public let transactionID: Int?
  public let usedMetadataBlocks: Int
  public let totalMetadataBlocks: Int
  public let usedDataBlocks: Int
  public let totalDataBlocks: Int
  /// `rw`, `ro`, `out_of_data_space`, `Fail`.
  public let mode: String
  public let needsCheck: Bool
  public let location: SourceLocation

  public init(
    mapping: String, transactionID: Int?, usedMetadataBlocks: Int, totalMetadataBlocks: Int,
    usedDataBlocks: Int, totalDataBlocks: Int, mode: String, needsCheck: Bool,
    location: SourceLocation
  ) {
    self.mapping = mapping
    self.transactionID = transactionID
    self.usedMetadataBlocks = usedMetadataBlocks
    self.totalMetadataBlocks = totalMetadataBlocks
    self.usedDataBlocks = usedDataBlocks
    self.totalDataBlocks = totalDataBlocks
    self.mode = mode
    self.needsCheck = needsCheck
    self.location = location
  }
}

/// A path of a multipath map. Source: `multipath -ll`.
public struct MultipathMember: Hashable, Sendable {
  public let map: String
  public let device: DeviceNumber
  public let location: SourceLocation
  public init(map: String, device: DeviceNumber, location: SourceLocation) {
    self.map = map
    self.device = device
    self.location = location
  }
}

/// The host's figures at collection; nil where nothing was collected. Every name ends in its unit.
public struct NodeMetrics: Sendable, Equatable {
  public var uptimeSeconds: Int?
  public var bootedAt: Timestamp?
  public var load1: Double?
  public var load5: Double?
  public var load15: Double?
  /// Share of some CPU pressure over the last 60 s, 0 to 100.
  public var cpuPressurePercent: Double?
  public var memoryPressurePercent: Double?
  public var ioPressurePercent: Double?
  public var cpuModel: String?
  public var cpuCount: Int?
  /// Busy share between the two readings of `/proc/stat`, 0 to 100.
  public var cpuPercent: Double?
  public var memoryTotalBytes: Int?
  public var memoryUsedBytes: Int?
  public var swapTotalBytes: Int?
  public var swapUsedBytes: Int?
  public var networkReceiveBytesPerSecond: Int?
  public var networkTransmitBytesPerSecond: Int?
  public var rootFilesystemTotalBytes: Int?
  public var rootFilesystemUsedBytes: Int?
  /// What everyone but root may still write; less than the rest where blocks are kept for root.
  public var rootFilesystemAvailableBytes: Int?
  public var hardwareModel: String?
  public var filesystems: [FilesystemUse] = []
  public var topProcesses: [ProcessUse] = []
  public var zpools: [ZpoolUse] = []

  /// The share of memory in use, 0 to 100.
  public var memoryPercent: Double? {
    guard let total = memoryTotalBytes, let used = memoryUsedBytes, total > 0 else { return nil }
    return Double(used) * 100 / Double(total)
  }

  /// The share of the root file system in use as df reckons it, 0 to 100: what is kept for root counts as
  /// neither used nor free.
  public var rootFilesystemPercent: Double? {
    guard let total = rootFilesystemTotalBytes, total > 0, let used = rootFilesystemUsedBytes else {
      return nil
    }
    let usable = rootFilesystemAvailableBytes.map { Double(used) + Double($0) } ?? Double(total)
    return min(100, Double(used) * 100 / max(1, usable))
  }

  public init() {}

  public struct FilesystemUse: Sendable, Equatable {
    public var mountPoint: String
    public var type: String
    public var sizeBytes: Int
    public var usedBytes: Int
    /// What everyone but root may still write; nil where df printed no number.
    public var availableBytes: Int?
    public init(
      mountPoint: String, type: String, sizeBytes: Int, usedBytes: Int, availableBytes: Int? = nil
    ) {
      self.mountPoint = mountPoint
      self.type = type
      self.sizeBytes = sizeBytes
      self.usedBytes = usedBytes
      self.availableBytes = availableBytes
    }
  }

  public struct ProcessUse: Sendable, Equatable {
    public var pid: Int
    public var name: String
    /// Of one CPU between the readings, so above 100 with several.
    public var cpuPercent: Double
    public var residentBytes: Int
    public init(pid: Int, name: String, cpuPercent: Double, residentBytes: Int) {
      self.pid = pid
      self.name = name
      self.cpuPercent = cpuPercent
      self.residentBytes = residentBytes
    }
  }

  public struct ZpoolUse: Sendable, Equatable {
    public var name: String
    public var sizeBytes: Int
    public var usedBytes: Int
    public var health: String
    public init(name: String, sizeBytes: Int, usedBytes: Int, health: String) {
      self.name = name
      self.sizeBytes = sizeBytes
      self.usedBytes = usedBytes
      self.health = health
    }
  }
}
