import BundleFormat
import BundleReader

extension NodeBundle {
  /// Reads the bundle that an argument names; says on standard error what is wrong with it.
  static func load(_ argument: String) -> Result<NodeBundle, ExitStatus> {
    let name = argument == "-" ? "standard input" : TerminalText.escaped(argument)
    do throws(BundleError) {
      let source = argument == "-" ? BundleSource.standardInput : .path(argument)
      let read = Progress.watching("reading \(name)") {
        Result { () throws(BundleError) in try NodeBundle(reading: source) }
      }
      return .success(try read.get())
    } catch {
      Console.warn("dmanalyze: \(name) \(error)")
      if case .newerFormat = error { return .failure(.newerFormat) }
      return .failure(.notABundle)
    }
  }
}
