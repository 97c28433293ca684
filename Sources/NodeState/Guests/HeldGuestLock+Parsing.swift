extension HeldGuestLock {
  /// Reads the guest locks that somebody holds. Source: probe `guest-locks`.
  ///
  /// - Throws: ``ParseError`` when a line is none of the probe's.
  static func parse(
    _ bytes: [UInt8], from origin: EntryOrigin
  ) throws(ParseError) -> [HeldGuestLock] {
    var locks: [HeldGuestLock] = []
    for line in try JSONLines.parse(bytes, from: origin) {
      locks.append(
        HeldGuestLock(
          id: try line.guestID("id"), pid: try line.number("pid"), location: line.location))
    }
    return locks
  }
}
