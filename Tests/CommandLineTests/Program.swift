import Glibc
import TestSupport

/// The built `dmanalyze`, started as a person would.
struct Program {
  let exitCode: Int32
  let output: String
  let errors: String

  /// Where the program's standard output goes.
  enum Output {
    case captured
    case file(String)
    /// A pipe whose reader is gone.
    case closedPipe
  }

  /// Runs the program with a folder of its own as working directory, and waits for its end.
  ///
  /// - Parameter environment: `NAME=value`, put before what is inherited.
  init(
    _ arguments: [String], input: String = "/dev/null", output target: Output = .captured,
    environment: [String] = [], in folder: TemporaryFolder
  ) {
    let captured = "\(folder.path)/.output"
    let errors = "\(folder.path)/.errors"
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
    var pipe: [CInt] = [-1, -1]
    switch target {
    case .captured:
      posix_spawn_file_actions_addopen(&actions, 1, captured, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    case .file(let path):
      posix_spawn_file_actions_addopen(&actions, 1, path, O_WRONLY, 0)
    case .closedPipe:
      guard Glibc.pipe(&pipe) == 0 else { fatalError("no pipe") }
      close(pipe[0])
      posix_spawn_file_actions_adddup2(&actions, pipe[1], 1)
      posix_spawn_file_actions_addclose(&actions, pipe[1])
    }
    posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    var pid: pid_t = 0
    // posix_spawn knows no working directory everywhere; the shell goes there and makes way.
    let shell = "/bin/sh"
    let script = #"cd "$1" && shift && exec "$@""#
    let words =
      [shell, "-c", script, shell, folder.path, "env"] + environment + [Self.path] + arguments
    let code = withArguments(words) { posix_spawn(&pid, shell, &actions, nil, $0, environ) }
    guard code == 0 else { fatalError("\(shell): \(String(cString: strerror(code)))") }
    if pipe[1] >= 0 { close(pipe[1]) }
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0 && errno == EINTR {}
    // An exit code above 128 stands for a signal, as in a shell.
    exitCode = status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
    if case .captured = target { output = TestFiles.text(of: captured) } else { output = "" }
    self.errors = TestFiles.text(of: errors)
  }

  /// The program beside the running test.
  private static let path: String = {
    var buffer = [CChar](repeating: 0, count: 4097)
    let count = readlink("/proc/self/exe", &buffer, 4096)
    let own = String(
      decoding: buffer[..<max(0, count)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    var folders = [own] + CommandLine.arguments
    while let path = folders.first {
      folders.removeFirst()
      let folder = path.split(separator: "/").dropLast().joined(separator: "/")
      let program = "/\(folder)/dmanalyze"
      if access(program, X_OK) == 0 { return program }
    }
    fatalError("no dmanalyze beside \(own)")
  }()
}

/// Passes texts as a null-terminated array of C strings.
private func withArguments<Result>(
  _ words: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
) -> Result {
  let copies = words.map { strdup($0) }
  defer { for copy in copies { free(copy) } }
  return body(copies + [nil])
}
