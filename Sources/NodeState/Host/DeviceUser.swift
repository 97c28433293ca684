/// Who uses a mapping's device. Source: probe `device-users` (`/proc/*/fd`, mountinfo, swaps).
public struct DeviceUser: Hashable, Sendable {
  public let device: DeviceNumber
  public let kind: Kind
  /// 0 for swap, and for a mount without a process of its own namespace.
  public let pid: Int
  /// The command's name, the mount point or the swap device.
  public let detail: String
  public let location: SourceLocation

  public enum Kind: String, Hashable, Sendable {
    case openFile = "fd"
    case mount
    case swap
  }

  public init(
    device: DeviceNumber, kind: Kind, pid: Int, detail: String, location: SourceLocation
  ) {
    self.device = device
    self.kind = kind
    self.pid = pid
    self.detail = detail
    self.location = location
  }
}
