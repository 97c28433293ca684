import BundleFormat

extension HeldGuestLock {
  /// Reads the guest locks that somebody holds. Source: probe `guest-locks`.
  ///
  /// The kernel names no process (-1) for a lock of an open file description, and a lock file of
  /// another name is no guest's.
  ///
  /// - Throws: ``ParseError`` when a line is none of the probe's.
  static func parse(
    _ bytes: [UInt8], from origin: EntryOrigin
  ) throws(ParseError) -> [HeldGuestLock] {
    var locks: [HeldGuestLock] = []
    for line in try JSONLines.parse(bytes, from: origin) {
      guard let pid = line["pid"]?.integer else { throw line.expected("a number as pid") }
      guard let id = GuestID(try line.text("id")) else { continue }
      locks.append(HeldGuestLock(id: id, pid: pid, location: line.location))
    }
    return locks
  }
}
