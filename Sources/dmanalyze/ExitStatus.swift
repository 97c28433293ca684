/// How the program ends; of several bundles, the highest counts.
enum ExitStatus: Int32, Error, Comparable {
  case clean = 0
  case findings = 1
  case usage = 2
  /// Not a bundle, damaged or truncated: not judged.
  case notABundle = 3
  case newerFormat = 4
  /// Judged, but a required source was missing, altered or too old.
  case incomplete = 5
  /// Judged and reported, but the mail was not taken.
  case notDelivered = 6
  case notWritten = 7

  static func < (left: ExitStatus, right: ExitStatus) -> Bool { left.rawValue < right.rawValue }
}
