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
  ///
  /// - Throws: ``FileError`` when the place itself can't be read: nothing found is another answer.
  func look(below root: Root) throws(FileError) -> [UInt8] {
    switch self {
    case .qemuProcesses: try QEMUProcesses(below: root).lines()
    case .containerSockets: try ContainerSockets.lines(below: root)
    case .guestLocks: try GuestLocks.lines(below: root)
    case .sysfsMappings: try SysfsMappings(below: root).lines()
    case .deviceUsers: try DeviceUsers(below: root).lines()
    case .deviceLinks: try DeviceLinks.lines(below: root)
    case .processTimes: try ProcessTimes.lines(below: root)
    }
  }
}
