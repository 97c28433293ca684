import BundleFormat

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
  /// Busy share between the two readings of `/proc/stat`, 0 to 100, to one decimal: what is judged is what is
  /// shown.
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
  public var filesystems: [FilesystemUse]?
  public var topProcesses: [ProcessUse]?
  /// Empty, too, where the node has no ZFS.
  public var zpools: [ZpoolUse]?

  /// The share of memory in use, 0 to 100, to one decimal as ``cpuPercent``.
  public var memoryPercent: Double? {
    guard let total = memoryTotalBytes, let used = memoryUsedBytes, total > 0 else { return nil }
    return Self.toOneDecimal(Double(used) * 100 / Double(total))
  }

  static func toOneDecimal(_ percent: Double) -> Double { (percent * 10).rounded() / 10 }

  /// The share of the root file system in use as df reckons it, 0 to 100: what is kept for root counts as
  /// neither used nor free. To one decimal as ``cpuPercent``.
  public var rootFilesystemPercent: Double? {
    guard let total = rootFilesystemTotalBytes, total > 0, let used = rootFilesystemUsedBytes else {
      return nil
    }
    let usable = rootFilesystemAvailableBytes.map { Double(used) + Double($0) } ?? Double(total)
    return Self.toOneDecimal(min(100, Double(used) * 100 / max(1, usable)))
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
