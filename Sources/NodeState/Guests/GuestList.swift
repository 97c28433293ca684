/// The cluster's list of guests. Source: `/etc/pve/.vmlist`, pve-cluster `status.c`.
public struct GuestList: Sendable {
  public let guests: [Entry]

  public struct Entry: Hashable, Sendable {
    public let id: GuestID
    public let node: String
    public let kind: GuestKind
    public init(id: GuestID, node: String, kind: GuestKind) {
      self.id = id
      self.node = node
      self.kind = kind
    }
  }

  public init(guests: [Entry]) { self.guests = guests }
}
