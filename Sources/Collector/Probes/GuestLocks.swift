import BundleFormat
import Glibc

/// Guest lock files that somebody holds.
///
/// Source: `/proc/locks`, proc(5); lock files `/run/lock/qemu-server/lock-ID.conf` and
/// `/run/lock/lxc/pve-config-ID.lock`.
enum GuestLocks {
  /// One JSON line a lock that is held.
  ///
  /// - Throws: ``FileError`` when the kernel doesn't say.
  static func lines(below root: Root) throws(FileError) -> [UInt8] {
    let locks = try root.read("/proc/locks", limit: 16 << 20)
    let holders = holders(String(decoding: locks.bytes, as: UTF8.self))
    var lines: [UInt8] = []
    for (folder, shown, prefix, suffix) in [
      ("/run/lock/qemu-server", "/var/lock/qemu-server", "lock-", ".conf"),
      ("/run/lock/lxc", "/run/lock/lxc", "pve-config-", ".lock"),
    ] {
      for name in (try? root.names(in: folder)) ?? []
      where name.hasPrefix(prefix) && name.hasSuffix(suffix) {
        guard let status = root.status(of: "\(folder)/\(name)"),
          let pid = holders[inode(status.st_dev, status.st_ino)]
        else { continue }
        var json = JSONWriter()
        json.beginObject()
        json.key("id")
        json.value(String(name.dropFirst(prefix.count).dropLast(suffix.count)))
        json.key("path")
        json.value("\(shown)/\(name)")
        json.key("pid")
        json.value(pid)
        json.endObject()
        lines += json.bytes + [UInt8(ascii: "\n")]
      }
    }
    return lines
  }

  /// Reads `1: FLOCK  ADVISORY  WRITE 1163 00:17:1234 0 EOF` into pids by file; waiters
  /// (`1: -> FLOCK …`) hold nothing.
  static func holders(_ text: String) -> [String: Int] {
    var holders: [String: Int] = [:]
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      guard words.count >= 6, words[1] != "->", let pid = Int(words[4]) else { continue }
      holders[String(words[5])] = pid
    }
    return holders
  }

  /// A file as `/proc/locks` names it: device numbers in two hexadecimal digits, inode in decimal.
  static func inode(_ device: dev_t, _ inode: ino_t) -> String {
    func hex(_ number: UInt64) -> String {
      let digits = String(number, radix: 16)
      return digits.count < 2 ? "0" + digits : digits
    }
    let code = DeviceCode(device)
    return "\(hex(code.major)):\(hex(code.minor)):\(inode)"
  }
}
