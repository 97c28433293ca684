import Glibc

/// Why a program could not be started.
public enum SpawnError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The error number of `posix_spawn`, `pipe2` or the search for the program.
  case notStarted(path: String, errorNumber: Int32)

  /// Whether no folder of the search path has the program.
  public var isNotInstalled: Bool {
    switch self {
    case .notStarted(let path, let errorNumber): errorNumber == ENOENT && !path.hasPrefix("/")
    }
  }

  public var description: String {
    switch self {
    case .notStarted(let path, let errorNumber):
      "\(path) could not be started: \(ErrorText.of(errorNumber))"
    }
  }
}
