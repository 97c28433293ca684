/// A reading of the kernel's own files that is more than one file's bytes.
public enum Probe: String, Sendable, CaseIterable {
  case qemuProcesses = "qemu-processes"
  case containerSockets = "container-sockets"
  case guestLocks = "guest-locks"
  case sysfsMappings = "sysfs-dm"
  case deviceUsers = "device-users"
  case deviceLinks = "dev-links"
  /// What each process has used of the CPUs so far; two of them make `top-processes`.
  case processTimes = "process-times"

  /// Looks, and returns what an entry of a bundle holds.
  func look(below root: Root) -> [UInt8] {
    switch self {
    case .qemuProcesses: QEMUProcesses(below: root).lines
    case .containerSockets: ContainerSockets.lines(below: root)
    case .guestLocks: GuestLocks.lines(below: root)
    case .sysfsMappings: SysfsMappings(below: root).lines
    case .deviceUsers: DeviceUsers(below: root).lines
    case .deviceLinks: DeviceLinks.lines(below: root)
    case .processTimes: ProcessTimes.lines(below: root)
    }
  }
}
