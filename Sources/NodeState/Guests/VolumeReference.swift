/// One volume named by a configuration.
public struct VolumeReference: Hashable, Sendable {
  /// The key: `scsi0`, `rootfs`, `vmstate`, `unused3`, `fleecing-images`.
  public let slot: String
  public let section: Section
  public let target: Target
  /// Whether the line says `media=cdrom`.
  public let isCDROM: Bool
  public let location: SourceLocation

  public enum Section: Hashable, Sendable {
    case main
    case pending
    case snapshot(String)
    case fleecing
  }

  public enum Target: Hashable, Sendable {
    case volume(VolumeID)
    /// An absolute path: a device or, for a container, a bind mount.
    case path(String)
  }

  /// A disk or `vmstate` of the main section; all others are *kept*.
  public let isAttached: Bool

  public init(
    slot: String, section: Section, target: Target, isCDROM: Bool, location: SourceLocation
  ) {
    self.slot = slot
    self.section = section
    self.target = target
    self.isCDROM = isCDROM
    self.location = location
    isAttached = section == .main && !slot.hasPrefix("unused")
  }
}
