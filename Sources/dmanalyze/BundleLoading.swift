import BundleFormat
import BundleReader
import Glibc
import Threads

extension NodeBundle {
  /// Reads the bundle that an argument names; says on standard error what is wrong with it.
  static func load(_ argument: String) -> Result<NodeBundle, ExitStatus> {
    let name = argument == "-" ? "standard input" : TerminalText.escaped(argument)
    let memory = WorkingMemory.prepare(expecting: expectedBytes(of: argument))
    do throws(BundleError) {
      let source = argument == "-" ? BundleSource.standardInput : .path(argument)
      let read = Progress.watching("reading \(name)") {
        Result { () throws(BundleError) in
          try NodeBundle(reading: source, idleWork: memory.map { memory in { memory.takeNext() } })
        }
      }
      return .success(try read.get())
    } catch {
      Console.warn("dmanalyze: \(name) \(error)\(hint(for: argument))")
      if case .newerFormat = error { return .failure(.newerFormat) }
      return .failure(.notABundle)
    }
  }

  /// A misspelt command passes for a bundle.
  private static func hint(for argument: String) -> String {
    let isWord = argument.utf8.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
    guard isWord, access(argument, F_OK) != 0 else { return "" }
    return "; it is no command either, see dmanalyze --help"
  }

  /// A bundle's entries are held, with what is made of them: that is some fifteen times a file's size, most of
  /// it in the memory that the first thread has. 0 for what is no file.
  private static func expectedBytes(of argument: String) -> Int {
    var status = stat()
    guard argument != "-", stat(argument, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      return 0
    }
    return 12 * Int(min(status.st_size, 1 << 30))
  }
}
