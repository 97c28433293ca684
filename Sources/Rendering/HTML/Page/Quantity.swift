/// Figures as people read them, by our own rules: the same on every machine.
enum Quantity {
  /// `0 B`, `512 B`, `1.5 KiB`, `64 MiB`, `3.9 TiB`: one decimal below ten.
  static func bytes(_ count: Int) -> String {
    let units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"]
    var unit = 0
    var size = Double(max(0, count))
    while size >= 1023.95, unit < units.count - 1 {
      size /= 1024
      unit += 1
    }
    guard unit > 0, size < 99.95 else { return "\(Int(size.rounded())) \(units[unit])" }
    return "\(decimal(size)) \(units[unit])"
  }

  /// Thousands are set apart: `133,120`.
  static func count(_ number: Int) -> String {
    let digits = String(number.magnitude)
    var result = ""
    for (position, digit) in digits.enumerated() {
      if position > 0, (digits.utf8.count - position) % 3 == 0 { result += "," }
      result.append(digit)
    }
    return number < 0 ? "-" + result : result
  }

  /// With one decimal at most: `7`, `7.5`.
  static func decimal(_ number: Double) -> String {
    guard number.isFinite, number.magnitude < 1e15 else { return "–" }
    let tenths = Int((number * 10).rounded())
    let sign = tenths < 0 ? "-" : ""
    let (whole, rest) = Int(tenths.magnitude).quotientAndRemainder(dividingBy: 10)
    return rest == 0 ? "\(sign)\(whole)" : "\(sign)\(whole).\(rest)"
  }

  /// With two decimals, as loads are: `1.69`.
  static func hundredths(_ number: Double) -> String {
    guard number.isFinite, number.magnitude < 1e15 else { return "–" }
    let parts = Int((number * 100).rounded())
    let (whole, rest) = Int(parts.magnitude).quotientAndRemainder(dividingBy: 100)
    return "\(parts < 0 ? "-" : "")\(whole).\(rest < 10 ? "0" : "")\(rest)"
  }

  static func percent(_ share: Double) -> String { "\(decimal(share)) %" }

  /// `3 days 4 h`, `4 h 10 min`, `50 s`: the two largest units.
  static func duration(seconds: Int) -> String {
    let seconds = max(0, seconds)
    let (days, hours, minutes) = (seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60)
    if days > 0 { return "\(count(days)) \(days == 1 ? "day" : "days") \(hours) h" }
    if hours > 0 { return "\(hours) h \(minutes) min" }
    if minutes > 0 { return "\(minutes) min \(seconds % 60) s" }
    return "\(seconds) s"
  }

  /// `1 mapping`, `2 mappings`.
  static func of(_ number: Int, _ noun: String, _ plural: String? = nil) -> String {
    "\(count(number)) \(number == 1 ? noun : plural ?? noun + "s")"
  }
}
