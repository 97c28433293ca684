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
  public let isTemplate: Bool
  /// Volumes that a line of a known key names, in the order of the file.
  public let references: [VolumeReference]
  /// Volumes and paths named where PVE doesn't look: dropped lines, `lxc.*`, `args`, any other text.
  public let mentions: [Mention]
  /// Snapshot sections, in the order of the file.
  public let snapshots: [String]
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
    id: GuestID, kind: GuestKind, node: String, name: String?, lock: String?, isTemplate: Bool,
    references: [VolumeReference], mentions: [Mention], snapshots: [String],
    liveDigest: WrittenDigest?, location: SourceLocation
  ) {
    self.id = id
    self.kind = kind
    self.node = node
    self.name = name
    self.lock = lock
    self.isTemplate = isTemplate
    self.references = references
    self.mentions = mentions
    self.snapshots = snapshots
    self.liveDigest = liveDigest
    self.location = location
  }
}

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

/// A volume's id as PVE writes it: `STORAGE:VOLUME`.
public struct VolumeID: Hashable, Sendable, CustomStringConvertible {
  public let storage: String
  public let volume: String

  public init(storage: String, volume: String) {
    self.storage = storage
    self.volume = volume
  }

  /// Reads `local-lvm:vm-100-disk-0`; nil for any other form.
  ///
  /// Source: pve-storage `Plugin.pm`, `parse_volume_id`.
  public init?(_ text: Substring) {
    guard let colon = text.firstIndex(of: ":") else { return nil }
    let (storage, volume) = (text[..<colon], text[text.index(after: colon)...])
    func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A }
    func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
    guard !volume.isEmpty, storage.utf8.count >= 2, let first = storage.utf8.first,
      let last = storage.utf8.last, isLetter(first), isLetter(last) || isDigit(last),
      storage.utf8.allSatisfy({
        isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
          || $0 == UInt8(ascii: ".")
      })
    else { return nil }
    self.init(storage: String(storage), volume: String(volume))
  }

  public var description: String { "\(storage):\(volume)" }
}

/// A text that names a volume without being a reference to it.
public struct Mention: Hashable, Sendable {
  /// The volume id or absolute path, as written.
  public let text: String
  /// Why it is no reference: `a line that PVE drops`, `args`, `description`, `lxc.mount.entry`.
  public let place: String
  public let location: SourceLocation

  public init(text: String, place: String, location: SourceLocation) {
    self.text = text
    self.place = place
    self.location = location
  }
}
