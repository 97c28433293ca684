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
