import Glibc

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
