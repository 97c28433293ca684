/// What is wrong with a command line.
public enum UsageError: Error, Hashable, Sendable, CustomStringConvertible {
  case unknownOption(String)
  case unexpectedArgument(String)
  case missingValue(option: String)
  case badValue(option: String, value: String, expected: String)
  case unknownSource(String)
  case conflict(String)

  public var description: String {
    switch self {
    case .unknownOption(let option): "unknown option \(option)"
    case .unexpectedArgument(let argument): "unexpected argument \(argument)"
    case .missingValue(let option): "\(option) needs a value"
    case .badValue(let option, let value, let expected):
      "\(option) \(value): expected \(expected)"
    case .unknownSource(let id): "no question is called \(id); --list names them all"
    case .conflict(let sentence): sentence
    }
  }
}
