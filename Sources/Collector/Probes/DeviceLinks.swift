import BundleFormat
import Glibc

/// Which device each path is by which a configuration may name one.
///
/// Source: links in `/dev`, `/dev/mapper`, the folders of `/dev/disk` (by-id, by-uuid, by-label, …) and volume
/// groups' folders; `/sys/class/block`.
/// Links are read and devices looked up in `/sys`: none is opened.
enum DeviceLinks {
  /// One JSON line a path.
  ///
  /// - Throws: ``FileError`` when there is no `/dev`.
  static func lines(below root: Root) throws(FileError) -> [UInt8] {
    var lines: [UInt8] = []
    let all = try root.names(in: "/dev")
    // A node without udev has no /dev/disk.
    let ways = ((try? root.names(in: "/dev/disk")) ?? []).map { "/dev/disk/\($0)" }
    for folder in ["/dev/mapper"] + ways + groupFolders(of: all, below: root) {
      for name in (try? root.names(in: folder)) ?? [] {
        lines += line(of: "\(folder)/\(name)", below: root)
      }
    }
    // An admin's udev rules put their links right there. Its device files are named as the kernel does.
    for name in all where root.target(ofLink: "/dev/\(name)") != nil {
      lines += line(of: "/dev/\(name)", below: root)
    }
    return lines
  }

  /// Nothing for what is no block device.
  private static func line(of path: String, below root: Root) -> [UInt8] {
    guard let number = number(of: path, below: root) else { return [] }
    var json = JSONWriter()
    json.beginObject()
    json.key("path")
    json.value(path)
    json.key("device")
    json.value(number)
    json.endObject()
    return json.bytes + [UInt8(ascii: "\n")]
  }

  /// The folders of `/dev` that may be a volume group's: all that the kernel and udev didn't make.
  private static func groupFolders(of names: [String], below root: Root) -> [String] {
    let others: Set<String> = [
      "block", "bsg", "bus", "char", "cpu", "disk", "dri", "fd", "hugepages", "input", "mapper",
      "mqueue", "net", "pts", "shm", "snd", "vfio", "zvol",
    ]
    return names.filter { !others.contains($0) }
      .map { "/dev/\($0)" }
      .filter { root.status(of: $0).map { $0.st_mode & S_IFMT == S_IFDIR } ?? false }
  }

  /// Links that lead to links: Linux follows 40 of them, udev and people make two.
  private static let mostLinks = 8

  private static func number(of path: String, below root: Root) -> String? {
    var path = path
    for _ in 0..<mostLinks {
      guard let target = root.target(ofLink: path) else { break }
      // Out of /dev, where nobody looks, is no way to a device.
      guard let next = destination(of: target, from: path) else { return nil }
      path = next
    }
    let parts = path.split(separator: "/")
    if parts.count == 2, let number = root.line(of: "/sys/class/block/\(parts[1])/dev") {
      return number
    }
    // Without udev, /dev/mapper holds device files.
    guard let status = root.status(of: path), status.st_mode & S_IFMT == S_IFBLK else {
      return nil
    }
    let device = DeviceCode(status.st_rdev)
    return "\(device.major):\(device.minor)"
  }

  /// Where a link below `/dev` leads, by its text; nil for what lies elsewhere.
  private static func destination(of target: String, from link: String) -> String? {
    var parts = target.hasPrefix("/") ? [] : Array(link.split(separator: "/").dropLast())
    for part in target.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return parts.first == "dev" ? "/" + parts.joined(separator: "/") : nil
  }
}
