import BundleFormat
import BundleReader

extension NodeBundle {
  /// Reads the bundle that an argument names; says on standard error what is wrong with it.
  static func load(_ argument: String) -> Result<NodeBundle, ExitStatus> {
    do throws(BundleError) {
      let source = argument == "-" ? BundleSource.standardInput : .path(argument)
      return .success(try NodeBundle(reading: source))
    } catch {
      let name = argument == "-" ? "standard input" : TerminalText.escaped(argument)
      Console.warn("dmanalyze: \(name) \(error)")
      if case .newerFormat = error { return .failure(.newerFormat) }
      return .failure(.notABundle)
    }
  }
}
