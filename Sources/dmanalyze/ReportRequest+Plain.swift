extension ReportRequest {
  /// Reads the command line that is used most, `[report] BUNDLE [--format FORMAT]`; nil for any other.
  ///
  /// ArgumentParser reads all others, and would read these alike. But it builds every command with all of
  /// its options first: that takes a fifth of the time in which a small node is judged.
  init?(plain arguments: ArraySlice<String>) {
    var rest = arguments
    if rest.first == "report" { rest.removeFirst() }
    var bundle: String?
    var formats: [ReportFormat] = []
    while let argument = rest.popFirst() {
      if argument == "--format", formats.isEmpty {
        guard let format = rest.popFirst().flatMap(ReportFormat.init(rawValue:)) else { return nil }
        formats = [format]
      } else if bundle == nil, Self.isPlainName(argument) {
        bundle = argument
      } else {
        return nil
      }
    }
    guard let bundle else { return nil }
    self.init(bundles: [bundle], formats: formats)
  }

  /// Whether an argument is neither an option nor a command: those have no dot and no slash.
  private static func isPlainName(_ argument: String) -> Bool {
    argument.utf8.first != UInt8(ascii: "-")
      && argument.utf8.contains { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "/") }
  }
}
