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
