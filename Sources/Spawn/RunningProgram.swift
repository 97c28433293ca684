import CSpawn
import Glibc

/// A program between its start and its result.
struct RunningProgram {
  /// How long a group has to end after SIGTERM, and how long SIGKILL may take.
  static let graceSeconds = 0.2
  /// How long outputs may stay open after the program itself has ended: grandchildren hold them.
  static let drainSeconds = 0.25

  let number: Int
  private let child: cspawn_child
  private let startedAt: MonotonicTime
  private(set) var output: CapturedStream
  private(set) var errorOutput: CapturedStream
  private(set) var hasEnded = false
  private var cut: ProgramResult.Cut?
  private var stage = Stage.running
  /// When the stage is over unless the program is done before.
  private(set) var stageEndsAt: MonotonicTime

  /// How far the ending of a program has got.
  private enum Stage {
    case running
    /// The program itself has ended, but something holds its outputs open.
    case draining
    case terminating
    case killing
    case over
  }

  init(number: Int, child: cspawn_child, command: Command) {
    self.number = number
    self.child = child
    startedAt = .now
    output = CapturedStream(descriptor: child.output, limit: command.outputLimitBytes)
    errorOutput = CapturedStream(descriptor: child.error, limit: command.errorLimitBytes)
    stageEndsAt = startedAt.adding(seconds: command.timeoutSeconds)
  }

  /// The descriptor that becomes readable when the process ends; -1 when it has or there is none.
  var endDescriptor: Int32 { hasEnded ? -1 : child.pidfd }

  /// Whether nothing wakes the engine up when the process ends, so that it has to look.
  var mustBeWatched: Bool { !hasEnded && child.pidfd < 0 }

  /// Whether there is nothing left to wait for.
  var isDone: Bool { stage == .over || (hasEnded && !output.isOpen && !errorOutput.isOpen) }

  mutating func drain(through buffer: UnsafeMutableRawBufferPointer) {
    output.drain(through: buffer)
    errorOutput.drain(through: buffer)
  }

  /// Notices what has happened, and ends what has to end.
  mutating func advance(at now: MonotonicTime) {
    if !hasEnded && cspawn_has_ended(child.pid) != 0 {
      hasEnded = true
      if stage == .running { enter(.draining, for: Self.drainSeconds, at: now) }
    }
    let isFlooded = output.hasOverflowed || errorOutput.hasOverflowed
    if isFlooded && cut == nil && (stage == .running || stage == .draining) {
      cut = .outputLimit
      terminate(at: now)
    }
    guard now >= stageEndsAt, !isDone else { return }
    switch stage {
    case .running:
      cut = .timeout
      terminate(at: now)
    case .draining:
      terminate(at: now)
    case .terminating:
      cspawn_signal_group(child.pid, SIGKILL)
      enter(.killing, for: Self.graceSeconds, at: now)
    case .killing:
      stage = .over
    case .over:
      break
    }
  }

  /// Ends the program's group now, as if its time had passed.
  mutating func cancel(at now: MonotonicTime) {
    guard stage == .running || stage == .draining, !isDone else { return }
    cut = .timeout
    terminate(at: now)
  }

  private mutating func terminate(at now: MonotonicTime) {
    cspawn_signal_group(child.pid, SIGTERM)
    enter(.terminating, for: Self.graceSeconds, at: now)
  }

  private mutating func enter(_ stage: Stage, for seconds: Double, at now: MonotonicTime) {
    self.stage = stage
    stageEndsAt = now.adding(seconds: seconds)
  }

  /// Closes everything and returns what came of the program.
  mutating func finish(at now: MonotonicTime) -> ProgramResult {
    // Grandchildren that closed the outputs and live on go with the group.
    cspawn_signal_group(child.pid, SIGKILL)
    output.closeNow()
    errorOutput.closeNow()
    if child.pidfd >= 0 { close(child.pidfd) }
    var code: Int32 = -1
    var signal: Int32 = -1
    let ending: ProgramResult.Ending
    if cspawn_reap(child.pid, &code, &signal) == 0 {
      ending = signal >= 0 ? .signalled(Int(signal)) : .exited(code: Int(code))
    } else {
      cspawn_forget(child.pid)
      ending = .leftBehind
    }
    return ProgramResult(
      ending: ending, cut: cut, output: output.bytes, errorOutput: errorOutput.bytes,
      durationMilliseconds: startedAt.milliseconds(until: now))
  }
}
