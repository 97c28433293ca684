import CSpawn

/// What happens when this program is told to end.
public enum Termination {
  /// From now on SIGTERM, SIGINT, SIGHUP and the like end this program in order: children are killed, the
  /// guarded file is removed, the sentence goes to standard error. A closed pipe and a file size
  /// limit are errors of the write instead of signals.
  ///
  /// - Parameters:
  ///   - sentence: At most 255 bytes, with its line break.
  ///   - status: The exit status.
  public static func endOnSignals(saying sentence: String, status: Int32) {
    cspawn_end_on_signals(sentence, status)
  }

  /// What a signal means from now on: the work is done, the rest is not worth waiting for.
  ///
  /// To be called while signals are held, or a signal could find half a sentence.
  public static func endOnSignals(insteadSaying sentence: String, status: Int32) {
    cspawn_end_with(sentence, status)
  }

  /// Names the half-written file that a signal removes; nil when there is none.
  public static func guardFile(_ path: String?) { cspawn_guard_file(path) }

  /// Does something that a signal may not fall into.
  public static func holdingSignals<Value>(_ action: () -> Value) -> Value {
    cspawn_hold_signals(1)
    defer { cspawn_hold_signals(0) }
    return action()
  }
}
