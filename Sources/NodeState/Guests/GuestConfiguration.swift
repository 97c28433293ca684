import BundleFormat

/// A guest's configuration: what it names, where, and how firmly.
///
/// Source: `/etc/pve/nodes/NODE/{qemu-server,lxc}/ID.conf`; qemu-server `QemuServer.pm`
/// (`parse_vm_config`), pve-container `LXC/Config.pm` (`parse_pct_config`).
public final class GuestConfiguration: Sendable {
  public let id: GuestID
  public let kind: GuestKind
  /// The node whose directory holds the file: the guest's owner.
  public let node: String
  /// `name` or `hostname`; nil without one.
  public let name: String?
  /// The value of `lock`: an operation is under way or was broken off.
  public let lock: String?
  /// The line of the lock; nil without one.
  public let lockLocation: SourceLocation?
  public let isTemplate: Bool
  /// Volumes that a line of a known key names, in the order of the file.
  public let references: [VolumeReference]
  /// Volumes and paths named where PVE doesn't look: dropped lines, `lxc.*`, `args`, any other text.
  public let mentions: [Mention]
  /// Snapshot sections, in the order of the file.
  public let snapshots: [String]
  /// Whether there are changes that the next start carries out: a disk that is attached may not stay so.
  public let hasPendingChanges: Bool
  /// Which lines a cleanup step depends on, hashed by the collector from the live file.
  public let liveDigest: WrittenDigest?
  /// The file as an entry, whole: line 1.
  public let location: SourceLocation

  /// Whether a line names a device or a file by its path.
  var hasPaths: Bool {
    references.contains { if case .path = $0.target { true } else { false } }
      || mentions.contains { $0.text.hasPrefix("/") }
  }

  /// The file's path below `/etc/pve`.
  public var path: String { ConfigurationFile.path(of: id, kind, on: node) }

  public init(
    id: GuestID, kind: GuestKind, node: String, name: String?, lock: String?,
    lockLocation: SourceLocation?, isTemplate: Bool,
    references: [VolumeReference], mentions: [Mention], snapshots: [String],
    hasPendingChanges: Bool,
    liveDigest: WrittenDigest?, location: SourceLocation
  ) {
    self.id = id
    self.kind = kind
    self.node = node
    self.name = name
    self.lock = lock
    self.lockLocation = lockLocation
    self.isTemplate = isTemplate
    self.references = references
    self.mentions = mentions
    self.snapshots = snapshots
    self.hasPendingChanges = hasPendingChanges
    self.liveDigest = liveDigest
    self.location = location
  }
}
