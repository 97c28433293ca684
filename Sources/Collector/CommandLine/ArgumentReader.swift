import BundleFormat
import Glibc

/// Takes a command line apart, option by option.
struct ArgumentReader {
  private var rest: ArraySlice<String>
  private var option = ""
  /// What stood behind `=`, or behind a short option's letter.
  private var attached: String?

  init(_ arguments: [String]) { rest = arguments[...] }

  /// Returns the next option or argument; nil at the end.
  mutating func next() -> String? {
    guard let word = rest.popFirst() else { return nil }
    attached = nil
    option = word
    if word.hasPrefix("--"), let equals = word.firstIndex(of: "=") {
      option = String(word[..<equals])
      attached = String(word[word.index(after: equals)...])
    } else if word.hasPrefix("-o"), word.count > 2 {
      option = "-o"
      attached = String(word.dropFirst(2))
    }
    return option
  }

  /// Ends an option that took no value.
  mutating func finishOption() throws(UsageError) {
    if let attached { throw .unexpectedArgument("\(option)=\(attached)") }
  }

  /// The option's value.
  mutating func value() throws(UsageError) -> String {
    defer { attached = nil }
    guard let value = attached ?? rest.popFirst(), !value.isEmpty else {
      throw .missingValue(option: option)
    }
    return value
  }

  mutating func choice<Choice: RawRepresentable<String>>(
    _ expected: String
  ) throws(UsageError) -> Choice {
    let value = try value()
    guard let choice = Choice(rawValue: value) else {
      throw .badValue(option: option, value: value, expected: expected)
    }
    return choice
  }

  mutating func seconds() throws(UsageError) -> Double {
    let value = try value()
    guard let seconds = Double(value), seconds > 0, seconds <= 86_400 else {
      throw .badValue(option: option, value: value, expected: "seconds, up to 86400")
    }
    return seconds
  }

  /// A number of bytes; `K`, `M` and `G` count by 1024.
  mutating func bytes() throws(UsageError) -> Int {
    let value = try value()
    let units: [Character: Int] = ["K": 10, "M": 20, "G": 30]
    let shift = value.last.flatMap { units[$0] }
    let digits = shift == nil ? value[...] : value.dropLast()
    // A tebibyte is more than any bundle has, and a number that fits.
    guard let number = Int(digits), number > 0, number <= (1 << 40) >> (shift ?? 0) else {
      throw .badValue(option: option, value: value, expected: "bytes, such as 64M")
    }
    return number << (shift ?? 0)
  }

  mutating func count() throws(UsageError) -> Int {
    let value = try value()
    guard let count = Int(value), count > 0 else {
      throw .badValue(option: option, value: value, expected: "a number from 1")
    }
    return count
  }

  mutating func folder() throws(UsageError) -> String {
    let value = try value()
    guard Root("/").isFolder(value) else {
      throw .badValue(option: option, value: value, expected: "a folder")
    }
    // Programs and helpers start in /, so a folder is named from there.
    guard let absolute = realpath(value, nil) else { return value }
    defer { free(absolute) }
    return String(cString: absolute)
  }

  mutating func sources() throws(UsageError) -> Set<SourceID> {
    var sources: Set<SourceID> = []
    for id in try value().split(separator: ",") {
      guard let source = SourceID(rawValue: String(id)) else {
        throw .unknownSource(String(id))
      }
      sources.insert(source)
    }
    if sources.isEmpty { throw .missingValue(option: option) }
    return sources
  }
}

extension Root {
  /// Whether there is a folder; a relative path counts from the current one.
  func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(prefix + path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
