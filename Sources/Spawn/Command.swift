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
