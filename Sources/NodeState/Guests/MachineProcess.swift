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
