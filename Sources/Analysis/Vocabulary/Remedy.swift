/// What to do about a finding, in words and commands.
public struct Remedy: Hashable, Sendable {
  public let text: String
  /// Commands to look or to act by hand, as argument arrays.
  public let commands: [[String]]
  public let applicability: Applicability

  /// What helps where the plan refuses a mapping.
  static func ofRefused(_ why: String) -> String { "Leave it as it is: \(why)." }

  public init(_ text: String, commands: [[String]] = [], applicability: Applicability = .manual) {
    self.text = text
    self.commands = commands
    self.applicability = applicability
  }
}
