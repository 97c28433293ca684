import BundleFormat
import BundleReader
import Glibc
import Threads

extension NodeBundle {
  /// Reads the bundle that an argument names; says on standard error what is wrong with it.
  static func load(_ argument: String) -> Result<NodeBundle, ExitStatus> {
    let name = argument == "-" ? "standard input" : TerminalText.escaped(argument)
    takeMemoryAhead(for: argument)
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

  /// A bundle's entries are held, with what is made of them: that is some twenty times a file's size.
  private static func takeMemoryAhead(for argument: String) {
    var status = stat()
    guard argument != "-", stat(argument, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      return
    }
    WorkingMemory.takeAhead(16 * Int(min(status.st_size, 1 << 30)))
  }
}
