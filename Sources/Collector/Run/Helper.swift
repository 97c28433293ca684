import Glibc

/// This program, started by itself to read what may hang: a helper can be killed.
///
/// Files below `/etc/pve` hang when pmxcfs is stuck, `/proc/PID/cmdline` when its process is.
public enum Helper {
  static let readFiles = "--internal-read-files"
  static let lookAt = "--internal-probe"
  /// The program that is running, also when its file was replaced since.
  static let executable = "/proc/self/exe"

  static func arguments(for question: FileQuestion, below root: Root) -> [String] {
    ["dmcollect", readFiles, root.folder, String(question.limitBytes)] + question.patterns
  }

  static func arguments(for probe: Probe, below root: Root) -> [String] {
    ["dmcollect", lookAt, root.folder, probe.rawValue]
  }

  /// Does a helper's work when these are a helper's arguments.
  ///
  /// - Parameter arguments: Of the program, its own name left out.
  /// - Returns: Whether they were.
  public static func run(_ arguments: [String]) -> Bool {
    guard arguments.count > 2 else { return false }
    let root = Root(arguments[1])
    switch arguments[0] {
    case readFiles:
      guard let limit = Int(arguments[2]) else { return false }
      let question = FileQuestion(patterns: Array(arguments[3...]), limitBytes: limit)
      question.read(below: root) { write($0.bytes) }
    case lookAt:
      guard let probe = Probe(rawValue: arguments[2]) else { return false }
      do throws(FileError) {
        write(try probe.look(below: root))
      } catch {
        StandardStream.complain("\(error)")
        exit(1)
      }
    default:
      return false
    }
    return true
  }

  private static func write(_ bytes: [UInt8]) {
    // The parent is gone or has heard enough.
    if !StandardStream.write(bytes, to: 1) { exit(1) }
  }
}
