import Analysis

/// From which share on a figure is worth a warning, and from which it hurts. Both in percent.
struct Threshold {
  let warning: Double
  let critical: Double

  /// The grade deducts from 60 % on, and more from 80 %.
  static let processor = Threshold(warning: 60, critical: 80)
  /// The grade deducts from 75 % on, and more from 90 %.
  static let memory = Threshold(warning: 75, critical: 90)
  static let swap = Threshold(warning: 50, critical: 80)
  /// Of what a file system, a pool or a group holds; the rule of the root file system fits at 90 %.
  static let space = Threshold(warning: 80, critical: 90)
  /// The rule of filling thin pools fits at 80 %, and hurts at 95 %.
  static let thinPool = Threshold(warning: 80, critical: 95)
  /// The load of a minute in percent of the processors: work waits from 100 % on.
  static let load = Threshold(warning: 100, critical: 200)
  /// Time in which some work stood still.
  static let pressure = Threshold(warning: 10, critical: 40)

  /// Nil below both: all is well.
  func severity(of percent: Double) -> Severity? {
    percent > critical ? .critical : percent > warning ? .warning : nil
  }
}
