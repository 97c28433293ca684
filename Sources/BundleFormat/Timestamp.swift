/// A moment, in whole seconds of UTC.
public struct Timestamp: Hashable, Comparable, Sendable {
  /// Seconds since 1970-01-01T00:00:00Z.
  public let secondsSinceEpoch: Int64

  public init(secondsSinceEpoch: Int64) { self.secondsSinceEpoch = secondsSinceEpoch }

  /// Makes a moment of a date and a time; nil for a part that is out of its range, and for a moment that
  /// is not of the years 1 to 9999 in UTC.
  ///
  /// A leap second, the 60th behind 23:59 of UTC, is the first one of the next day.
  ///
  /// - Parameter offset: How far the time is ahead of UTC, in seconds.
  public init?(
    year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int, offset: Int = 0
  ) {
    guard (0...9999).contains(year), (1...12).contains(month),
      (1...Self.days(ofMonth: month, year: year)).contains(day),
      (0..<24).contains(hour), (0..<60).contains(minute), (0...60).contains(second)
    else { return nil }
    let days = Self.days(year: Int64(year), month: Int64(month), day: Int64(day))
    let moment = days * 86_400 + Int64(hour * 3600 + minute * 60 + second - offset)
    guard Self.printable.contains(moment), second < 60 || moment % 86_400 == 0 else { return nil }
    self.init(secondsSinceEpoch: moment)
  }

  /// From 0001-01-01T00:00:00Z to 9999-12-31T23:59:59Z.
  private static let printable: ClosedRange<Int64> = -62_135_596_800...253_402_300_799

  private static func days(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  public static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.secondsSinceEpoch < right.secondsSinceEpoch
  }

  /// Days since the epoch of a date of the Gregorian calendar.
  static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
    // Years that begin in March, so that the leap day is a year's last.
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  private var parts: (year: Int64, month: Int64, day: Int64, second: Int64) {
    let second = secondsSinceEpoch - 86_400 * Self.floorDivide(secondsSinceEpoch, 86_400)
    let shifted = Self.floorDivide(secondsSinceEpoch, 86_400) + 719_468
    let era = Self.floorDivide(shifted, 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day, second)
  }

  private static func floorDivide(_ value: Int64, _ by: Int64) -> Int64 {
    value >= 0 ? value / by : -((-value + by - 1) / by)
  }

  private static func padded(_ value: Int64, _ width: Int) -> String {
    let text = String(value)
    return String(repeating: "0", count: max(0, width - text.count)) + text
  }

  /// The compact form of file names, `20261122T195400Z`.
  public var compact: String {
    String(description.filter { $0 != "-" && $0 != ":" })
  }
}

extension Timestamp: LosslessStringConvertible {
  /// Reads RFC 3339 with `Z` or an offset, `2026-11-22T19:54:00Z`; a fraction is dropped.
  ///
  /// A blank in place of `T` and an offset without colon are read too: LVM prints
  /// `2026-11-22 15:39:37 +0000`. Nil for any other form.
  public init?(_ text: String) {
    var digits: [Int] = []
    var sign = 0
    var offsetDigits: [Int] = []
    var phase = 0  // 0 date and time, 1 fraction, 2 offset, 3 done
    for (position, byte) in text.utf8.enumerated() {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        let digit = Int(byte - UInt8(ascii: "0"))
        if phase == 0 {
          digits.append(digit)
        } else if phase == 2 {
          offsetDigits.append(digit)
        } else if phase == 3 {
          return nil
        }
      case UInt8(ascii: "-") where position == 4 || position == 7: continue
      case UInt8(ascii: ":") where position == 13 || position == 16: continue
      case UInt8(ascii: "T") where position == 10, UInt8(ascii: " ") where position == 10: continue
      case UInt8(ascii: " ") where phase == 0 && digits.count == 14: continue
      case UInt8(ascii: ".") where phase == 0 && digits.count == 14: phase = 1
      case UInt8(ascii: "Z") where phase < 2 && digits.count == 14: phase = 3
      case UInt8(ascii: "+") where phase < 2 && digits.count == 14: (phase, sign) = (2, 1)
      case UInt8(ascii: "-") where phase < 2 && digits.count == 14: (phase, sign) = (2, -1)
      case UInt8(ascii: ":") where phase == 2: continue
      default: return nil
      }
    }
    guard digits.count == 14, phase == 3 || offsetDigits.count == 4 else { return nil }
    func number(_ digits: ArraySlice<Int>) -> Int { digits.reduce(0) { $0 * 10 + $1 } }
    let (hours, minutes) = (number(offsetDigits.prefix(2)), number(offsetDigits.dropFirst(2)))
    guard hours < 24, minutes < 60 else { return nil }
    self.init(
      year: number(digits[..<4]), month: number(digits[4..<6]), day: number(digits[6..<8]),
      hour: number(digits[8..<10]), minute: number(digits[10..<12]), second: number(digits[12...]),
      offset: sign * (hours * 3600 + minutes * 60))
  }

  /// RFC 3339 in UTC, `2026-11-22T19:54:00Z`.
  public var description: String {
    let (year, month, day, second) = parts
    let date = "\(Self.padded(year, 4))-\(Self.padded(month, 2))-\(Self.padded(day, 2))"
    let hour = Self.padded(second / 3600, 2)
    let minute = Self.padded(second / 60 % 60, 2)
    return "\(date)T\(hour):\(minute):\(Self.padded(second % 60, 2))Z"
  }
}
