import Analysis
import ArgumentParser
import BundleFormat
import Rendering

/// `dmanalyze rules [RULE]`: the catalogue.
struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules", abstract: "List the rules, or explain one.")

  @Argument(help: "A rule's name, as reports and findings' ids show it.")
  var rule: String?

  func run() throws {
    guard let name = rule else {
      guard Console.print(RuleText.list()) else { throw ExitStatus.notWritten }
      return
    }
    guard Rule.named(name) != nil else {
      let question = NearNames.question(
        NearNames.suggestions(for: name, among: Rule.all.map(\.name)))
      Console.warn("dmanalyze: there is no rule \(TerminalText.escaped(name))\(question)")
      throw ExitStatus.usage
    }
    guard Console.print(RuleText.page(ofRulesNamed: name, width: Console.proseWidth)) else {
      throw ExitStatus.notWritten
    }
  }
}
