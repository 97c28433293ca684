/// How long the CPUs were busy since boot, in clock ticks.
///
/// Source: `/proc/stat`, proc(5).
struct ProcessorTimes: Equatable {
  let busyTicks: Int
  let totalTicks: Int
  /// When the node booted, in seconds since the epoch; nil when the file doesn't say.
  let bootSeconds: Int?

  /// Reads the sum over all CPUs.
  ///
  /// - Throws: ``ParseError`` when there is no line of it.
  static func parse(
    _ bytes: Span<UInt8>, from origin: EntryOrigin
  ) throws(ParseError) -> ProcessorTimes {
    var times: (busy: Int, total: Int)?
    var bootSeconds: Int?
    var lines = LineWalk()
    while let line = lines.next(in: bytes) {
      if bytes.starts(line, with: "cpu ") {
        guard let sum = sum(of: line, in: bytes) else {
          throw origin.expected("CPU times", in: bytes, line, line: lines.number)
        }
        times = sum
      } else if bytes.starts(line, with: "btime ") {
        bootSeconds = bytes.integer(bytes.trimmed((line.lowerBound + 6)..<line.upperBound))
      }
    }
    guard let times else {
      throw origin.expected("a line \"cpu\"", in: bytes, 0..<bytes.count, line: 1)
    }
    return ProcessorTimes(busyTicks: times.busy, totalTicks: times.total, bootSeconds: bootSeconds)
  }

  /// `cpu user nice system idle iowait irq softirq steal guest guest_nice`; a guest's time is in `user`.
  private static func sum(
    of line: Range<Int>, in bytes: Span<UInt8>
  ) -> (busy: Int, total: Int)? {
    var fields = FieldWalk((line.lowerBound + 4)..<line.upperBound)
    var (busy, total, count) = (0, 0, 0)
    while count < 8, let field = fields.next(in: bytes) {
      guard let ticks = bytes.integer(field) else { return nil }
      total = total &+ ticks
      if count != 3 && count != 4 { busy = busy &+ ticks }
      count += 1
    }
    return count >= 4 && busy >= 0 && total >= busy ? (busy, total) : nil
  }

  /// Returns the busy share between two readings, 0 to 100; nil when no time passed.
  static func busyPercent(from first: ProcessorTimes, to second: ProcessorTimes) -> Double? {
    let total = second.totalTicks - first.totalTicks
    let busy = second.busyTicks - first.busyTicks
    guard total > 0, busy >= 0, busy <= total else { return nil }
    return NodeMetrics.toOneDecimal(Double(busy) * 100 / Double(total))
  }
}
