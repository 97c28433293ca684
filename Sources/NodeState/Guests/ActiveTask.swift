import BundleFormat

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
