import BundleFormat
import Spawn

extension Questionnaire {
  /// The plan of a bundle: every question and reading, asked or not.
  static var plan: [PlannedEntry] {
    all.map { $0.planned(reading: 1) }
      + all.filter(\.isAskedTwice).map { $0.planned(reading: 2) }
  }

  /// What `--list` prints: every question that would be asked, and why.
  public static func list(_ settings: Settings) -> String {
    all.filter { settings.asks($0.source) }.map { question in
      let marks =
        [
          question.source.isRequired ? "required" : nil, question.isAskedTwice ? "read twice" : nil,
        ].compactMap { $0 }
      let mark = marks.isEmpty ? "" : " (\(marks.joined(separator: ", ")))"
      return """
        \(question.source.rawValue)\(mark)
            \(question.kind.rawValue): \(subject(of: question))
            \(question.why)

        """
    }.joined()
  }

  /// What `--dry-run` prints: what would be asked, and with which programs.
  public static func dryRun(_ settings: Settings) -> String {
    let path = ProgramEnvironment().searchPath
    var text = "Programs are looked for in \(path.text)\n"
    for question in all {
      let isAsked = settings.asks(question.source)
      var line = "\(question.source.rawValue): "
      if !isAsked {
        line += "skipped"
      } else if case .command(let arguments) = question.method {
        do throws(SpawnError) {
          line += ([try path.resolve(arguments[0])] + arguments.dropFirst().map(shown))
            .joined(separator: " ")
        } catch {
          line += "missing (\(arguments[0]) is not installed)"
        }
      } else {
        line += "\(question.kind.rawValue) \(subject(of: question))"
        if Root(settings.root).folder != "/" { line += " below \(settings.root)" }
      }
      text += line + (isAsked && question.isAskedTwice ? ", twice\n" : "\n")
    }
    return text
  }

  private static func subject(of question: Question) -> String {
    question.arguments.map { $0.map(shown).joined(separator: " ") } ?? question.origin ?? ""
  }

  /// An argument as one would type it.
  private static func shown(_ argument: String) -> String {
    let isPlain = argument.utf8.allSatisfy { $0.isWordByte || "_-./:,=+".utf8.contains($0) }
    return isPlain && !argument.isEmpty ? argument : "'\(argument)'"
  }
}
