import BundleFormat

/// A QEMU process as `/proc` shows it. Source: probe `qemu-processes`.
public struct MachineProcess: Sendable {
  /// By `-id`; nil when the command line has none.
  public let id: GuestID?
  public let pid: Int
  /// Whether a pid file of PVE names this process and its command line names that file.
  public let hasAgreeingPIDFile: Bool
  /// Whose pid file names it, where ``id`` is another guest or none; nil mostly.
  public let otherGuest: GuestID?
  /// Whether it waits for or receives a migration (`-incoming`).
  public let isIncoming: Bool
  public let location: SourceLocation
  let listedPaths: Paths

  /// Kept as they are listed: hardly any guest's are asked for.
  enum Paths {
    case texts([String])
    /// `["/dev/pve/vm-812-disk-0","/dev/kvm"]`
    case list([UInt8], FormWalk)
  }

  init(
    id: GuestID?, pid: Int, hasAgreeingPIDFile: Bool, otherGuest: GuestID? = nil, paths: Paths,
    isIncoming: Bool, location: SourceLocation
  ) {
    self.id = id
    self.pid = pid
    self.hasAgreeingPIDFile = hasAgreeingPIDFile
    self.otherGuest = otherGuest
    self.isIncoming = isIncoming
    self.location = location
    listedPaths = paths
  }

  /// The device paths and `/dev/fd` targets that it was started with or holds open.
  public var paths: [String] {
    switch listedPaths {
    case .texts(let texts): return texts
    case .list(let content, var form):
      var texts: [String] = []
      let bytes = content.span
      _ = form.list(in: bytes) { texts.append(bytes.text($0)) }
      return texts
    }
  }
}

/// A running container's command socket. Source: `/proc/net/unix`, `@/var/lib/lxc/ID/command`.
public struct ContainerSocket: Hashable, Sendable {
  public let id: GuestID
  public let location: SourceLocation
  public init(id: GuestID, location: SourceLocation) {
    self.id = id
    self.location = location
  }
}

/// A task that PVE lists as active. Source: `/var/log/pve/tasks/active`.
public struct ActiveTask: Hashable, Sendable {
  public let upid: String
  /// `qmigrate`, `vzdump`, `imgdel`, …
  public let type: String
  /// The worker id field: a guest's number, a volume id, or empty.
  public let subject: String
  public let startedAt: Timestamp?
  /// Whether it has no end time yet and, where the collector could look, its process lives.
  public let isRunning: Bool
  public let location: SourceLocation

  /// The guest that the worker id names: `100`, or the guest of `local-lvm:vm-100-disk-0`.
  public let guestID: GuestID?

  public init(
    upid: String, type: String, subject: String, startedAt: Timestamp?, isRunning: Bool,
    guestID: GuestID?, location: SourceLocation
  ) {
    self.upid = upid
    self.type = type
    self.subject = subject
    self.startedAt = startedAt
    self.isRunning = isRunning
    self.guestID = guestID
    self.location = location
  }
}

/// A guest lock file that somebody holds. Source: probe `guest-locks` (`/proc/locks`).
public struct HeldGuestLock: Hashable, Sendable {
  public let id: GuestID
  public let pid: Int
  public let location: SourceLocation
  public init(id: GuestID, pid: Int, location: SourceLocation) {
    self.id = id
    self.pid = pid
    self.location = location
  }
}
