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
