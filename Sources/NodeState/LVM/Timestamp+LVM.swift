import BundleFormat

extension Timestamp {
  /// Reads a time as LVM prints it, `2026-11-22 20:03:16 +0000`; nil for an empty or another text.
  init?(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    let start = range.lowerBound
    func number(_ offset: Int, _ count: Int = 2) -> Int? {
      bytes.integer((start + offset)..<(start + offset + count))
    }
    if range.count == 25, bytes.equals((start + 19)..<range.upperBound, " +0000"),
      bytes[start + 4] == UInt8(ascii: "-"), bytes[start + 7] == UInt8(ascii: "-"),
      bytes[start + 10] == UInt8(ascii: " "), bytes[start + 13] == UInt8(ascii: ":"),
      bytes[start + 16] == UInt8(ascii: ":"), let year = number(0, 4), let month = number(5),
      let day = number(8), let hour = number(11), let minute = number(14), let second = number(17)
    {
      self.init(
        year: year, month: month, day: day, hour: hour, minute: minute, second: second)
    } else {
      self.init(bytes.text(range))
    }
  }
}
