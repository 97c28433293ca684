/// A file below the guests' folders that could not be read: what its guest names is unknown.
public struct UnreadConfiguration: Hashable, Sendable {
  /// Whose configuration it is by its path; nil for a path that is no guest's.
  public let id: GuestID?
  /// Below `/etc/pve`, or the entry's path where it is no guest's.
  public let path: String
  /// A phrase: `altered since collection`.
  public let reason: String

  public init(id: GuestID?, path: String, reason: String) {
    self.id = id
    self.path = path
    self.reason = reason
  }
}
