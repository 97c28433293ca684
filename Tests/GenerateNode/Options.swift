import NodeGenerator

/// A command line that is not understood.
struct UsageError: Error {
  let reason: String
}

/// What the command line asks for.
struct Options {
  var seed: UInt64 = 0
  var generator = GeneratorOptions(guests: 0, mappings: nil, faultPercent: 10)
  var output = ""
  var truth: String?

  /// Reads the arguments, without the program's name.
  ///
  /// - Throws: `UsageError` for an unknown option, a value that is no number, or none at all.
  init(_ arguments: ArraySlice<String>) throws(UsageError) {
    var rest = arguments
    var seed: UInt64?
    while let option = rest.popFirst() {
      guard let value = rest.popFirst() else {
        throw UsageError(reason: "\(option) needs a value")
      }
      switch option {
      case "--seed": seed = try Self.number(value, 0...UInt64.max, option)
      case "--guests": generator.guests = Int(try Self.number(value, 1...1_000_000, option))
      case "--mappings": generator.mappings = Int(try Self.number(value, 1...1_000_000, option))
      case "--faults": generator.faultPercent = Int(try Self.number(value, 0...100, option))
      case "-o": output = value
      case "--truth": truth = value
      default: throw UsageError(reason: "unknown option \(option)")
      }
    }
    guard let seed, generator.guests > 0, !output.isEmpty else {
      throw UsageError(reason: "--seed, --guests and -o are needed")
    }
    self.seed = seed
  }

  private static func number(
    _ text: String, _ range: ClosedRange<UInt64>, _ option: String
  ) throws(UsageError) -> UInt64 {
    guard let number = UInt64(text), range.contains(number) else {
      throw UsageError(
        reason: "\(option) takes a number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }
}
