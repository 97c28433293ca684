import Glibc
import Spawn
import TestSupport
import Testing

struct SearchPathTests {
  /// Makes a folder that is removed when the test is over.
  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = TemporaryFolder()
    try withExtendedLifetime(folder) { try body(folder.path) }
  }

  private func makeFile(_ path: String, mode: mode_t) {
    close(open(path, O_CREAT | O_WRONLY, mode))
    chmod(path, mode)
  }

  @Test func `relative and empty folders never count, and LVM's folders are always there`() {
    let path = SearchPath(".::bin:/bin:relative/x:/bin", isRoot: false)
    #expect(path.folders == ["/bin", "/usr/sbin", "/sbin"])
    #expect(path.text == "/bin:/usr/sbin:/sbin")
  }

  @Test func `as root a folder that others can write doesn't count`() throws {
    try withFolder { folder in
      chmod(folder, 0o777)
      #expect(!SearchPath(folder, isRoot: true).folders.contains(folder))
      #expect(SearchPath(folder, isRoot: false).folders.contains(folder))
      chmod(folder, 0o775)
      #expect(!SearchPath(folder, isRoot: true).folders.contains(folder))
    }
  }

  @Test(.enabled(if: geteuid() == 0))
  func `as root a folder that only root can write counts`() throws {
    try withFolder { folder in
      chmod(folder, 0o755)
      #expect(SearchPath(folder, isRoot: true).folders.first == folder)
      chown(folder, 65_534, 65_534)
      #expect(!SearchPath(folder, isRoot: true).folders.contains(folder))
    }
  }

  @Test(.enabled(if: geteuid() == 0))
  func `as root a folder counts by where it is, not by a link that somebody else can move`() throws
  {
    try withFolder { folder in
      chmod(folder, 0o755)
      mkdir("\(folder)/tools", 0o755)
      mkdir("\(folder)/others", 0o755)
      symlink("\(folder)/tools", "\(folder)/others/link")
      #expect(SearchPath("\(folder)/others/link", isRoot: true).folders.first == "\(folder)/tools")
      rename("\(folder)/tools", "\(folder)/others/tools")
      chown("\(folder)/others", 65_534, 65_534)
      #expect(!SearchPath("\(folder)/others/tools", isRoot: true).text.contains(folder))
    }
  }

  @Test func `a program is found, missing, or not to be run`() throws {
    try withFolder { folder in
      makeFile("\(folder)/tool", mode: 0o755)
      makeFile("\(folder)/text", mode: 0o644)
      let path = SearchPath(folder, isRoot: false)
      let tool = try path.resolve("tool")
      #expect(tool == "\(folder)/tool")
      #expect(throws: SpawnError.notStarted(path: "text", errorNumber: EACCES)) {
        try path.resolve("text")
      }
      #expect(throws: SpawnError.notStarted(path: "no-such-tool", errorNumber: ENOENT)) {
        try path.resolve("no-such-tool")
      }
    }
  }
}
