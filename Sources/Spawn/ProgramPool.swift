import CSpawn
import Glibc

/// Runs many programs at once in one thread: each has its own deadline and its own bounds.
///
/// Every program leads a process group. When its time has passed, or it has said too much, the group
/// gets SIGTERM, a moment later SIGKILL; what can't die then (state D) is left behind. Nothing
/// that a program does keeps the pool from returning its result in time.
public final class ProgramPool {
  private var programs: [RunningProgram] = []
  private var nextNumber = 0
  private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 16)

  public init() {}

  deinit { buffer.deallocate() }

  /// How many programs have no result yet.
  public var count: Int { programs.count }

  /// Starts a program; its result comes with the returned number.
  ///
  /// - Throws: ``SpawnError`` when it could not be started.
  public func start(_ command: Command) throws(SpawnError) -> Int {
    var child = cspawn_child()
    var arguments = command.arguments.map { strdup($0) } + [nil]
    var environment = command.environment.map { strdup($0) } + [nil]
    let errorNumber = cspawn_start(
      command.executable, &arguments, &environment, command.inputs, Int32(command.inputs.count),
      &child)
    for text in arguments + environment { free(text) }
    guard errorNumber == 0 else {
      throw .notStarted(path: command.executable, errorNumber: errorNumber)
    }
    nextNumber += 1
    programs.append(RunningProgram(number: nextNumber, child: child, command: command))
    return nextNumber
  }

  /// Returns the next result; nil when none came before the deadline, or no program runs.
  public func next(
    before deadline: MonotonicTime? = nil
  ) -> (number: Int, result: ProgramResult)? {
    while !programs.isEmpty {
      let now = MonotonicTime.now
      for index in programs.indices { programs[index].advance(at: now) }
      if let index = programs.firstIndex(where: { $0.isDone }) {
        var program = programs.remove(at: index)
        return (program.number, program.finish(at: now))
      }
      if let deadline, now >= deadline { return nil }
      wait(until: deadline, from: now)
    }
    return nil
  }

  /// Ends all programs, as if their time had passed; their results still come.
  public func cancelAll() {
    let now = MonotonicTime.now
    for index in programs.indices { programs[index].cancel(at: now) }
  }

  /// Starts one program and returns what came of it.
  ///
  /// - Throws: ``SpawnError`` when it could not be started.
  public static func run(_ command: Command) throws(SpawnError) -> ProgramResult {
    let pool = ProgramPool()
    _ = try pool.start(command)
    guard let ended = pool.next() else {
      throw .notStarted(path: command.executable, errorNumber: ECHILD)
    }
    return ended.result
  }

  /// Sleeps until something happens to a program or its stage is over, and takes in outputs.
  private func wait(until deadline: MonotonicTime?, from now: MonotonicTime) {
    var polled: [pollfd] = []
    polled.reserveCapacity(3 * programs.count)
    var wakeAt = deadline ?? now.adding(seconds: 3600)
    for program in programs {
      for descriptor in [
        program.output.descriptor, program.errorOutput.descriptor, program.endDescriptor,
      ] {
        polled.append(pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0))
      }
      wakeAt = min(wakeAt, program.stageEndsAt)
      if program.mustBeWatched { wakeAt = min(wakeAt, now.adding(seconds: 0.01)) }
    }
    // One more, so that the wait is never a little too short.
    let milliseconds = Int32(clamping: now.milliseconds(until: wakeAt) + 1)
    guard poll(&polled, nfds_t(polled.count), milliseconds) > 0 else { return }
    for index in programs.indices
    where polled[3 * index].revents != 0 || polled[3 * index + 1].revents != 0 {
      programs[index].drain(through: buffer)
    }
  }
}
