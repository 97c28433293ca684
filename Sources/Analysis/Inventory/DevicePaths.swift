import NodeState
import Threads

/// What the device paths of this node name: by their form, and by the links that were collected.
struct DevicePaths: Sendable {
  /// The links whose paths don't say what they lead to.
  private let links: [String: DeviceNumber]
  /// The others, `/dev/GROUP/VOLUME` and `/dev/mapper/NAME`: udev may have made one of that form for any
  /// device.
  private let namedLinks: Lazy<TextIndex<DeviceNumber>>
  /// Whether the links have every folder below `/dev/disk`; the first collectors looked into by-id alone.
  private let hasAllDiskLinks: Bool
  /// Whether the links were read: one that isn't among them leads nowhere.
  let areRead: Bool
  /// The groups of LVM and of the storages, whose folders below `/dev` are LVM's.
  private let groups: Set<String>

  init(
    links: [String: DeviceNumber] = [:],
    namedLinks: @autoclosure @escaping @Sendable () -> TextIndex<DeviceNumber> = TextIndex(),
    hasAllDiskLinks: Bool = true, areRead: Bool = true, groups: Set<String> = []
  ) {
    self.links = links
    self.namedLinks = Lazy(namedLinks)
    self.hasAllDiskLinks = hasAllDiskLinks
    self.areRead = areRead
    self.groups = groups
  }

  /// Returns all that a path below `/dev` names.
  ///
  /// - Parameter isDisk: Whether the path surely means a block device.
  func targets(of path: String, isDisk: Bool = false) -> [PathTarget] {
    let target = target(of: path)
    switch target {
    case .volume(let volume):
      if groups.contains(volume.group) || Self.otherFolders.contains(volume.group) {
        return [target]
      }
      if let device = namedLinks.value[path] { return [target, .device(device)] }
      return areRead ? [target] : [target, .unresolved]
    case .mapping(let name):
      if let device = namedLinks.value[path] { return [target, .device(device)] }
      // Another name than LVM gives may be somebody's link.
      return areRead || groups.contains(MappingName(decoding: name).group)
        ? [target] : [target, .unresolved]
    case .nothingMapped:
      if isDisk && Self.mayBeLink(path) { return [.uncollected] }
      return [areRead || !Self.mayBeDisk(path) ? target : .unresolved]
    case .device, .minor, .uuid, .unresolved, .uncollected:
      return [target]
    }
  }

  /// Returns what a path names by its form, or by a link that says nothing itself.
  func target(of path: String) -> PathTarget {
    PathTarget(path, links: links, hasAllDiskLinks: hasAllDiskLinks)
  }

  /// Returns an absolute path without `//`, `.` and `..`.
  static func normalised(_ path: String) -> String {
    if isNormal(path.utf8) { return path }
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return "/" + parts.joined(separator: "/")
  }

  /// Whether it begins with a slash, and none is followed by another, a dot or nothing: as nearly all are.
  private static func isNormal(_ path: String.UTF8View) -> Bool {
    var isBehindSlash = false
    for byte in path {
      let isSlash = byte == UInt8(ascii: "/")
      if isBehindSlash && (isSlash || byte == UInt8(ascii: ".")) { return false }
      isBehindSlash = isSlash
    }
    return path.first == UInt8(ascii: "/") && !isBehindSlash
  }

  /// Whether a path that nothing is known of may be somebody's link to a mapping: not every collector looks
  /// right below `/dev`, and none into folders in a folder.
  private static func mayBeLink(_ path: String) -> Bool {
    let parts = path.split(separator: "/").dropFirst()
    guard let first = parts.first else { return false }
    return parts.count == 1 ? !isOfOtherDriver(first) : !otherFolders.contains(String(first))
  }

  /// Whether a text's `/dev/NAME` may be a disk's link: it is no device that programs are given.
  private static func mayBeDisk(_ path: String) -> Bool {
    let parts = path.split(separator: "/")
    return parts.count == 2 && mayBeLink(path) && !otherDevices.contains(String(parts[1]))
      && !["tty", "hidraw", "video", "kfd"].contains(where: parts[1].hasPrefix)
  }

  /// What is no disk right below `/dev`, and is named in arguments of QEMU's and in containers' lines.
  private static let otherDevices: Set<String> = [
    "console", "fb0", "full", "fuse", "hwrng", "kmsg", "kvm", "log", "mem", "null", "port", "ppp",
    "ptmx", "random", "rtc", "rtc0", "shm", "stderr", "stdin", "stdout", "tpm0", "tpmrm0",
    "uinput", "urandom", "userfaultfd", "vhost-net", "vhost-vsock", "vsock", "zero", "zfs",
  ]

  /// Whether a name is one that another driver gives: `sda`, `sdab3`, `md127`, `nvme0n1p2`; not `vdata`, and of
  /// thousands of disks not the last.
  private static func isOfOtherDriver(_ name: Substring) -> Bool {
    func rest(behind drivers: [String]) -> [Substring.UTF8View.SubSequence] {
      drivers.filter(name.hasPrefix).map { name.utf8.dropFirst($0.utf8.count) }
    }
    func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    return rest(behind: numberedDrivers).contains { $0.first.map(isDigit) ?? true }
      || rest(behind: letteredDrivers).contains { rest in
        let letters = rest.prefix { (0x61...0x7A).contains($0) }
        return (1...2).contains(letters.count) && rest.dropFirst(letters.count).allSatisfy(isDigit)
      }
  }

  /// How the names of other drivers' block devices begin, where a number follows, or nothing.
  private static let numberedDrivers = [
    "bcache", "cdrom", "drbd", "dvd", "fd", "loop", "md", "mmcblk", "nbd", "nvme", "pmem", "ram",
    "rbd", "sg", "sr", "zd", "zram",
  ]

  /// The same where letters follow, and perhaps the number of a partition.
  private static let letteredDrivers = ["dasd", "emcpower", "hd", "scini", "sd", "vd", "xvd"]

  /// Folders of the kernel's and of other drivers.
  private static let otherFolders: Set<String> = [
    "block", "bsg", "bus", "char", "cpu", "disk", "drbd", "dri", "fd", "hugepages", "input",
    "mapper",
    "mqueue", "net", "pts", "rbd", "rbd-pve", "serial", "shm", "snd", "vfio", "zvol",
  ]
}

extension PathTarget {
  /// Whether it is this mapping that is named.
  func isName(of mapping: Mapping) -> Bool {
    switch self {
    case .volume(let path):
      MappingName(group: path.group, volume: path.volume).description == mapping.name
    case .mapping(let name): name == mapping.name
    case .device(let device): device == mapping.device
    case .minor(let minor): minor == mapping.device.minor
    case .uuid(let uuid): uuid == mapping.uuid?.description
    case .unresolved, .uncollected, .nothingMapped: false
    }
  }
}
