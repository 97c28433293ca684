import Glibc

/// A program to start, and the bounds within which it may run.
public struct Command: Hashable, Sendable {
  /// The program's absolute path.
  public var executable: String
  /// All arguments, the program's name first.
  public var arguments: [String]
  /// The whole environment, as `NAME=value`.
  public var environment: [String]
  /// When its process group is ended, counted from its start.
  public var timeoutSeconds: Double
  /// How much of standard output is kept; a program that says more is ended.
  public var outputLimitBytes: Int
  /// How much of standard error is kept; a program that says more is ended.
  public var errorLimitBytes: Int
  /// Open descriptors that it reads: the first as standard input, the others as 3, 4 and so on; at most
  /// four. Without any, standard input is empty. They belong to the caller.
  public var inputs: [Int32]

  public init(
    executable: String, arguments: [String], environment: [String] = [],
    timeoutSeconds: Double = 20, outputLimitBytes: Int = 16 << 20, errorLimitBytes: Int = 1 << 20,
    inputs: [Int32] = []
  ) {
    self.executable = executable
    self.arguments = arguments
    self.environment = environment
    self.timeoutSeconds = timeoutSeconds
    self.outputLimitBytes = outputLimitBytes
    self.errorLimitBytes = errorLimitBytes
    self.inputs = inputs
  }
}

/// What came of a program that was started.
public struct ProgramResult: Hashable, Sendable {
  public let ending: Ending
  /// Why the program was ended before it was done; nil when it ended by itself.
  public let cut: Cut?
  /// Standard output, up to its limit.
  public let output: [UInt8]
  /// Standard error, up to its limit.
  public let errorOutput: [UInt8]
  public let durationMilliseconds: Int

  /// How a process ended.
  public enum Ending: Hashable, Sendable {
    case exited(code: Int)
    case signalled(Int)
    /// It could not be ended, not even by SIGKILL (state D), and was left behind.
    case leftBehind
  }

  /// Why a process group was ended.
  public enum Cut: Hashable, Sendable {
    case timeout
    case outputLimit
  }

  /// The exit code; nil when a signal ended the program or nothing did.
  public var exitCode: Int? {
    if case .exited(let code) = ending { code } else { nil }
  }

  /// The signal that ended the program.
  public var signal: Int? {
    if case .signalled(let signal) = ending { signal } else { nil }
  }
}

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
