import Glibc
import Spawn
import Testing

/// Programs that misbehave in every way that a node's tools have been seen to.
struct ProgramPoolTests {
  private func shell(
    _ script: String, timeout: Double = 10, limit: Int = 1 << 20
  ) -> Command {
    Command(
      executable: "/bin/sh", arguments: ["sh", "-c", script], environment: ["PATH=/usr/bin:/bin"],
      timeoutSeconds: timeout, outputLimitBytes: limit, errorLimitBytes: limit)
  }

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  /// Whether no process of that number lives; zombies count as dead.
  private func isGone(_ pid: Int32) -> Bool {
    for _ in 0..<50 {
      guard kill(pid, 0) == 0 else { return true }
      guard let file = fopen("/proc/\(pid)/stat", "r") else { return true }
      var line = [CChar](repeating: 0, count: 512)
      let hasLine = fgets(&line, 512, file) != nil
      fclose(file)
      let state = line.lastIndex(of: CChar(UInt8(ascii: ")"))).map { line[$0 + 2] }
      if !hasLine || state == CChar(UInt8(ascii: "Z")) { return true }
      usleep(20_000)
    }
    return false
  }

  @Test func `outputs, exit code and arguments come through`() throws {
    let result = try ProgramPool.run(shell("echo out; echo err >&2; exit 7"))
    #expect(result.ending == .exited(code: 7))
    #expect(result.cut == nil)
    #expect(text(result.output) == "out\n")
    #expect(text(result.errorOutput) == "err\n")
  }

  @Test func `a program starts in the root folder, without input, in a group of its own`() throws {
    let result = try ProgramPool.run(
      shell("pwd; cat; ps -o pgid= -p $$ | tr -d ' '; echo $$; env | grep -c ^PATH="))
    let lines = text(result.output).split(separator: "\n").map(String.init)
    try #require(lines.count == 4)
    #expect(lines[0] == "/")
    #expect(lines[1] == lines[2])
    #expect(lines[3] == "1")
  }

  @Test func `a program reads the descriptors that it is given`()
    throws
  {
    // In an order in which each number is wanted for another.
    let files = try ["third\n", "second\n", "first\n"].map {
      try MemoryFile(holding: Array($0.utf8))
    }
    var command = shell("cat; cat /dev/fd/3; cat <&4")
    command.inputs = files.reversed().map(\.descriptor)
    let result = try withExtendedLifetime(files) { try ProgramPool.run(command) }
    #expect(text(result.output) == "first\nsecond\nthird\n")
  }

  @Test func `a descriptor that is not open starts nothing`() {
    var command = shell("true")
    command.inputs = [9999]
    #expect(throws: SpawnError.notStarted(path: "/bin/sh", errorNumber: EBADF)) {
      try ProgramPool.run(command)
    }
    command.inputs = [0, 0, 0, 0, 0]
    #expect(throws: SpawnError.notStarted(path: "/bin/sh", errorNumber: EINVAL)) {
      try ProgramPool.run(command)
    }
  }

  @Test func `the signal that ended a program is kept`() throws {
    let result = try ProgramPool.run(shell("echo before; kill -SEGV $$"))
    #expect(result.ending == .signalled(Int(SIGSEGV)))
    #expect(text(result.output) == "before\n")
  }

  @Test func `a hung program ends at its deadline and what it had said is kept`() throws {
    let result = try ProgramPool.run(shell("echo partial; sleep 60", timeout: 0.3))
    #expect(result.cut == .timeout)
    #expect(result.ending == .signalled(Int(SIGTERM)))
    #expect(text(result.output) == "partial\n")
    #expect((300..<1_500).contains(result.durationMilliseconds))
  }

  @Test func `a program that ignores SIGTERM is killed`() throws {
    let result = try ProgramPool.run(
      shell("trap '' TERM; echo deaf; while :; do sleep 1; done", timeout: 0.3))
    #expect(result.cut == .timeout)
    #expect(result.ending == .signalled(Int(SIGKILL)))
    #expect(text(result.output) == "deaf\n")
    #expect(result.durationMilliseconds < 1_500)
  }

  @Test func `grandchildren go with the group`() throws {
    let result = try ProgramPool.run(
      shell("(trap '' TERM; sleep 61) & echo $!; sleep 62", timeout: 0.3))
    let pid = try #require(Int32(text(result.output).dropLast()))
    #expect(result.cut == .timeout)
    #expect(isGone(pid))
  }

  @Test func `grandchildren that hold the output open don't hold the result up`() throws {
    let result = try ProgramPool.run(shell("sleep 63 & echo $!; exit 3"))
    let pid = try #require(Int32(text(result.output).dropLast()))
    #expect(result.ending == .exited(code: 3))
    #expect(result.cut == nil)
    #expect(result.durationMilliseconds < 1_500)
    #expect(isGone(pid))
  }

  @Test func `a grandchild that left the group doesn't hold the result up either`() throws {
    let result = try ProgramPool.run(shell("setsid sleep 2 & exit 0"))
    #expect(result.ending == .exited(code: 0))
    #expect(result.durationMilliseconds < 1_500)
  }

  @Test func `a flood on standard output is cut at its limit and ended`() throws {
    let result = try ProgramPool.run(shell("while :; do echo flood; done", limit: 10_000))
    #expect(result.cut == .outputLimit)
    #expect(result.output.count == 10_000)
    #expect(result.output.starts(with: Array("flood\nflood\n".utf8)))
  }

  @Test func `a flood on standard error leaves standard output whole`() throws {
    let result = try ProgramPool.run(
      shell("echo answer; while :; do echo flood >&2; done", limit: 10_000))
    #expect(result.cut == .outputLimit)
    #expect(text(result.output) == "answer\n")
    #expect(result.errorOutput.count == 10_000)
  }

  @Test func `output of exactly the limit is whole`() throws {
    let result = try ProgramPool.run(shell("printf 12345678", limit: 8))
    #expect(result.cut == nil)
    #expect(text(result.output) == "12345678")
  }

  @Test func `a program that closes its outputs and lives on ends at its deadline`() throws {
    let result = try ProgramPool.run(
      shell("echo $$; exec >/dev/null 2>&1; sleep 64", timeout: 0.4))
    let pid = try #require(Int32(text(result.output).dropLast()))
    #expect(result.cut == .timeout)
    #expect(result.durationMilliseconds >= 400)
    #expect(isGone(pid))
  }

  @Test func `a program that closes its outputs and ends later keeps its exit code`() throws {
    let result = try ProgramPool.run(shell("exec >&- 2>&-; sleep 0.2; exit 5"))
    #expect(result.ending == .exited(code: 5))
    #expect(result.cut == nil)
  }

  @Test func `a program that isn't there never starts`() {
    let command = Command(executable: "/nonexistent/tool", arguments: ["tool"])
    #expect(throws: SpawnError.notStarted(path: "/nonexistent/tool", errorNumber: ENOENT)) {
      try ProgramPool.run(command)
    }
  }

  @Test func `many programs run at once, each with its own deadline`() throws {
    let pool = ProgramPool()
    let start = MonotonicTime.now
    var expected: [Int: Int] = [:]
    for code in 1...12 { expected[try pool.start(shell("sleep 0.3; exit \(code)"))] = code }
    let hung = try pool.start(shell("sleep 60", timeout: 0.5))
    var endings: [Int: ProgramResult.Ending] = [:]
    while let (number, result) = pool.next() { endings[number] = result.ending }
    for (number, code) in expected { #expect(endings[number] == .exited(code: code)) }
    #expect(endings[hung] == .signalled(Int(SIGTERM)))
    #expect(start.milliseconds(until: .now) < 3_000)
  }

  @Test func `waiting ends at the caller's deadline and cancelling ends everything`() throws {
    let pool = ProgramPool()
    _ = try pool.start(shell("echo here; sleep 60"))
    #expect(pool.next(before: MonotonicTime.now.adding(seconds: 0.3)) == nil)
    pool.cancelAll()
    let result = try #require(pool.next()?.result)
    #expect(result.cut == .timeout)
    #expect(text(result.output) == "here\n")
    #expect(pool.next() == nil)
  }
}
