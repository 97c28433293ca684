import BundleFormat

extension ActiveTask {
  /// Reads PVE's list of active tasks, which also holds ones that ended lately.
  ///
  /// A line is `UPID:NODE:PID:START:TIME:TYPE:ID:USER:`, a saved flag and, once the task has ended,
  /// its end time and status. Source: pve-common `RESTEnvironment.pm` and `Tools.pm`, `upid_decode`.
  ///
  /// - Throws: ``ParseError`` for a line that is no task: it could be one that is running.
  static func parse(
    _ bytes: Span<UInt8>, from origin: EntryOrigin
  ) throws(ParseError) -> [ActiveTask] {
    var tasks: [ActiveTask] = []
    var lines = LineWalk()
    while let line = lines.next(in: bytes) {
      if bytes.trimmed(line).isEmpty { continue }
      var fields = FieldWalk(line)
      guard let upid = fields.next(in: bytes),
        let task = ActiveTask(
          bytes, upid, hasEnded: fields.all(in: bytes).count > 1,
          location: origin.location(lines.number, line))
      else { throw origin.expected("a task's UPID", in: bytes, line, line: lines.number) }
      tasks.append(task)
    }
    return tasks
  }

  private init?(
    _ bytes: Span<UInt8>, _ upid: Range<Int>, hasEnded: Bool, location: SourceLocation
  ) {
    var walk = PartWalk(upid, by: UInt8(ascii: ":"))
    var parts: [Range<Int>] = []
    while let part = walk.next(in: bytes) { parts.append(part) }
    guard parts.count >= 9, bytes.equals(parts[0], "UPID"), bytes.hexadecimal(parts[2]) != nil,
      bytes.hexadecimal(parts[3]) != nil, let time = bytes.hexadecimal(parts[4]),
      !parts[5].isEmpty
    else { return nil }
    // The id may hold a colon of its own (`local-lvm:vm-100-disk-0`); user and end are the last two.
    let subject = parts[6].lowerBound..<parts[parts.count - 3].upperBound
    self.init(
      upid: bytes.text(upid), type: bytes.text(parts[5]), subject: bytes.text(subject),
      startedAt: Timestamp(secondsSinceEpoch: Int64(time)), isRunning: !hasEnded,
      guestID: Self.guest(of: subject, in: bytes), location: location)
  }

  /// The guest of `100`, `100@local-lvm` or `local-lvm:vm-100-disk-0`; nil for any other id.
  private static func guest(of subject: Range<Int>, in bytes: Span<UInt8>) -> GuestID? {
    if let id = bytes.guestID(subject) { return id }
    if let sign = bytes.firstIndex(of: UInt8(ascii: "@"), in: subject),
      let id = bytes.guestID(subject.lowerBound..<sign)
    {
      return id
    }
    // A storage's id may hold what looks like a volume's name, and a linked clone stands behind its base.
    let colon = bytes.lastIndex(of: UInt8(ascii: ":"), in: subject)
    var name = (colon.map { $0 + 1 } ?? subject.lowerBound)..<subject.upperBound
    if let slash = bytes.lastIndex(of: UInt8(ascii: "/"), in: name) {
      name = (slash + 1)..<name.upperBound
    }
    // What is made of a volume is called after it: del-vm-100-disk-0, snap_vm-100-disk-0_x.
    while let made = (["del-", "snap_", "snap-"] as [StaticString]).first(
      where: { bytes.starts(name, with: $0) })
    {
      name = (name.lowerBound + made.utf8CodeUnitCount)..<name.upperBound
    }
    for prefix: StaticString in ["vm-", "base-", "subvol-"] where bytes.starts(name, with: prefix) {
      let digits = name.lowerBound + prefix.utf8CodeUnitCount
      var end = digits
      while end < name.upperBound, bytes[end].isDigit { end += 1 }
      if let id = bytes.guestID(digits..<end) { return id }
    }
    return nil
  }

  /// Joins two readings: a task that ran at either of them counts as running.
  static func joining(_ first: [ActiveTask], _ second: [ActiveTask]) -> [ActiveTask] {
    let known = Dictionary(
      first.enumerated().map { ($1.upid, $0) }, uniquingKeysWith: { first, _ in first })
    return first + second.filter { known[$0.upid] == nil }
  }
}
