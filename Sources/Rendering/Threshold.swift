/// From which share on a figure is high, and from which very high. Both in percent.
///
/// What a rule says of the same figure has a severity of its own.
struct Threshold {
  let high: Double
  let veryHigh: Double

  /// The grade deducts from 60 % on, and more from 80 %, where the rule fits.
  static let processor = Threshold(high: 60, veryHigh: 80)
  /// The grade deducts from 75 % on, and more from 90 %, where the rule fits.
  static let memory = Threshold(high: 75, veryHigh: 90)
  static let swap = Threshold(high: 50, veryHigh: 80)
  /// Of what a file system, a pool or a group holds; the rule of the root file system fits at 90 %.
  static let space = Threshold(high: 80, veryHigh: 90)
  /// The rule of filling thin pools fits at 80 %, and is critical at 95 %.
  static let thinPool = Threshold(high: 80, veryHigh: 95)
  /// The load of a minute in percent of the processors: work waits from 100 % on.
  static let load = Threshold(high: 100, veryHigh: 200)
  /// Time in which some work stood still.
  static let pressure = Threshold(high: 10, veryHigh: 40)

  enum Level {
    case fine
    case high
    case veryHigh
  }

  func level(of percent: Double) -> Level {
    percent > veryHigh ? .veryHigh : percent > high ? .high : .fine
  }
}
