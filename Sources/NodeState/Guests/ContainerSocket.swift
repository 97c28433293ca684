/// A running container's command socket. Source: `/proc/net/unix`, `@/var/lib/lxc/ID/command`.
public struct ContainerSocket: Hashable, Sendable {
  public let id: GuestID
  public let location: SourceLocation
  public init(id: GuestID, location: SourceLocation) {
    self.id = id
    self.location = location
  }
}
