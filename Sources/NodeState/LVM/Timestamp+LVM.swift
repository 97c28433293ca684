import BundleFormat

extension Timestamp {
  /// Reads a time as LVM prints it, `2026-11-22 20:03:16 +0000`; nil for an empty or another text.
  init?(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    let start = range.lowerBound
    guard range.count == 25, bytes.equals((start + 19)..<range.upperBound, " +0000"),
      bytes[start + 4] == UInt8(ascii: "-"), bytes[start + 7] == UInt8(ascii: "-"),
      bytes[start + 10] == UInt8(ascii: " "), bytes[start + 13] == UInt8(ascii: ":"),
      bytes[start + 16] == UInt8(ascii: ":")
    else {
      self.init(bytes.text(range))
      return
    }
    var isNumber = true
    func digits(_ offset: Int) -> Int {
      let tens = bytes[start + offset] &- UInt8(ascii: "0")
      let ones = bytes[start + offset + 1] &- UInt8(ascii: "0")
      isNumber = isNumber && tens < 10 && ones < 10
      return Int(tens) * 10 + Int(ones)
    }
    let year = digits(0) * 100 + digits(2)
    let (month, day) = (digits(5), digits(8))
    let (hour, minute, second) = (digits(11), digits(14), digits(17))
    guard isNumber else { return nil }
    self.init(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
  }
}
