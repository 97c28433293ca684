import Glibc
import Spawn

/// What programs are started with, and how they are found.
struct ProgramEnvironment {
  let searchPath: SearchPath
  let variables: [String]

  /// Takes `PATH` and `HOME` from this process; all else is fixed, so that programs speak English,
  /// count in UTC, and don't complain of open files.
  init() {
    searchPath = SearchPath(getenv("PATH").map { String(cString: $0) })
    let home = getenv("HOME").map { String(cString: $0) } ?? "/root"
    variables = [
      "PATH=\(searchPath.text)", "HOME=\(home)", "LC_ALL=C", "TZ=UTC",
      "LVM_SUPPRESS_FD_WARNINGS=1",
    ]
  }
}
