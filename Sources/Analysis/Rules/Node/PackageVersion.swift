/// The upstream part of a Debian version, compared number by number.
struct PackageVersion {
  private let numbers: [Int]

  /// Reads `9.0.3` and `9.0.3-1`; nil when it begins with no number.
  init?(_ text: String) {
    let upstream = text.prefix { $0.isNumber || $0 == "." }
    let numbers = upstream.split(separator: ".").map { Int($0) ?? 0 }
    guard !numbers.isEmpty else { return nil }
    self.numbers = numbers
  }

  static func < (left: PackageVersion, right: [Int]) -> Bool {
    for index in 0..<max(left.numbers.count, right.count) {
      let one = index < left.numbers.count ? left.numbers[index] : 0
      let other = index < right.count ? right[index] : 0
      if one != other { return one < other }
    }
    return false
  }

  static func >= (left: PackageVersion, right: [Int]) -> Bool { !(left < right) }
}
