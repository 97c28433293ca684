import BundleFormat
import NodeState

/// What is wrong with a line of an ignore file.
public enum IgnoreError: Error, Hashable, CustomStringConvertible {
  case reasonMissing(line: Int)
  case notADate(line: Int, text: String)
  case unknownRule(line: Int, name: String)
  case subjectMissing(line: Int)

  /// A sentence that follows the file's name: `3: there is no rule ghost; do you mean ghost-mapping?`
  public var description: String {
    switch self {
    case .reasonMissing(let line): "\(line): a reason is missing: end the line with # and why"
    case .notADate(let line, let text):
      "\(line): expected a date like 2026-12-31, found \"\(text)\""
    case .unknownRule(let line, let name):
      "\(line): there is no rule \(name)"
        + NearNames.question(NearNames.suggestions(for: name, among: Rule.ignorable.map(\.name)))
    case .subjectMissing(let line): "\(line): nothing follows the colon"
    }
  }
}

extension Rule {
  /// The rules that a finding may be of.
  static var ignorable: [Rule] { all + predecessorRules }
}

extension IgnoreList {
  /// Reads an ignore file.
  ///
  /// - Throws: ``IgnoreError`` for the first line that has not the form.
  public init(parsing text: String) throws(IgnoreError) {
    var lines: [Line] = []
    var number = 0
    for raw in text.split(separator: "\n", omittingEmptySubsequences: false) {
      number += 1
      let line = Self.trimmed(raw)
      if line.isEmpty || line.first == "#" { continue }
      lines.append(try Line(line, number: number))
    }
    self.init(lines: lines)
  }

  fileprivate static func trimmed(_ text: Substring) -> Substring {
    var text = text
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }
}

extension IgnoreList.Line {
  fileprivate init(_ text: Substring, number: Int) throws(IgnoreError) {
    guard let mark = Self.reasonMark(in: text) else { throw .reasonMissing(line: number) }
    let reason = IgnoreList.trimmed(text[text.index(after: mark)...])
    guard !reason.isEmpty else { throw .reasonMissing(line: number) }
    var words = text[..<mark].split(whereSeparator: \.isWhitespace)
    var (until, end) = (String?.none, Timestamp?.none)
    if words.last == "until" { throw .notADate(line: number, text: "") }
    if words.count > 2, words[words.count - 2] == "until" {
      let date = String(words.removeLast())
      words.removeLast()
      guard let day = Self.day(date) else { throw .notADate(line: number, text: date) }
      (until, end) = (date, day)
    }
    // A subject may hold blanks, `100/scsi0 (pending)`: all up to the date belongs to it.
    let first = words.first?.startIndex ?? text.startIndex
    let pattern = text[first..<(words.last?.endIndex ?? first)]
    let colon = pattern.firstIndex(of: ":")
    let rule = String(pattern[..<(colon ?? pattern.endIndex)])
    guard Rule.ignorable.contains(where: { $0.name == rule }) else {
      throw .unknownRule(line: number, name: rule)
    }
    let subject = colon.map { String(pattern[pattern.index(after: $0)...]) }
    if subject?.isEmpty == true { throw .subjectMissing(line: number) }
    self.init(
      number: number, rule: rule, subject: subject.map(Glob.init), until: until, end: end,
      reason: String(reason))
  }

  /// Where the `#` stands that begins the reason: the first behind a blank.
  private static func reasonMark(in text: Substring) -> Substring.Index? {
    var previous: Character = "x"
    for index in text.indices {
      if text[index] == "#", previous.isWhitespace { return index }
      previous = text[index]
    }
    return nil
  }

  /// Returns the first second behind a day `2026-12-31`; nil for any other text.
  private static func day(_ text: String) -> Timestamp? {
    guard text.utf8.count == 10, let start = Timestamp("\(text)T00:00:00Z"),
      start.description.hasPrefix(text)
    else { return nil }
    return Timestamp(secondsSinceEpoch: start.secondsSinceEpoch + 86_400)
  }
}
