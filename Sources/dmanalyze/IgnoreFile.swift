import Analysis
import ArgumentParser
import BundleFormat

/// The file of `--ignore`, and what its lines did for all bundles of a run.
struct IgnoreFile {
  let list: IgnoreList
  private let path: String
  private var use = IgnoreUse()

  /// What `--ignore` takes, wherever it is an option.
  static let help = ArgumentHelp(
    "Don't count the findings that this file names.",
    discussion: """
      Lines: RULE[:SUBJECT] [until YYYY-MM-DD] # reason. In SUBJECT, * stands for any text and \
      ? for one character. The reason is required; a line holds until the end of its date (UTC, \
      compared with the time of collection). Ignored findings stay in every report, counted \
      apart; they count neither for the exit status nor for the grade, and never change the plan. \
      Lines that have expired or match nothing are named on standard error.
      """, valueName: "file")

  /// Reads a file; nil, and a sentence on standard error, when it can't be read or has not the form.
  init?(_ path: String?) {
    self.path = path ?? ""
    guard let path else {
      list = .empty
      return
    }
    let name = TerminalText.escaped(path)
    guard let bytes = FileInput.content(of: path, limit: FileInput.ignoreLimit) else {
      Console.warn("dmanalyze: \(name): \(FileInput.lastError)")
      return nil
    }
    do throws(IgnoreError) {
      list = try IgnoreList(parsing: String(decoding: bytes, as: UTF8.self))
    } catch {
      Console.warn("dmanalyze: \(name):\(TerminalText.escaped(error.description))")
      return nil
    }
  }

  mutating func note(_ use: IgnoreUse) { self.use.add(use) }

  /// Says on standard error which lines have expired, and which match nothing in any bundle.
  func reportIdleLines() {
    for line in list.lines {
      let place = "dmanalyze: \(TerminalText.escaped(path)):\(line.number)"
      let pattern = TerminalText.escaped(line.pattern)
      if let found = use.expired[line.number] {
        let count = found.count == 1 ? "1 finding counts" : "\(found.count) findings count"
        Console.warn("\(place): \(pattern) expired on \(line.until ?? ""): \(count) again")
      } else if !use.matched.contains(line.number) {
        Console.warn("\(place): \(pattern) matches nothing")
      }
    }
  }
}
