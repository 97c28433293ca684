import Glibc
import TestSupport

/// A folder of test files, by paths below it.
struct FixtureFolder {
  let path: String

  /// The folder `Tests/Fixtures/scenarios` of this package.
  static let scenarios = FixtureFolder(path: TestFiles.packageRoot + "/Tests/Fixtures/scenarios")

  /// The names of the folders right below, in the order of their bytes.
  var folders: [String] { TestFiles.names(in: path).filter { Self.isFolder("\(path)/\($0)") } }

  /// Reads every file below, however deep, by its path below this folder.
  func files() -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    var open = [""]
    while let folder = open.popLast() {
      for name in TestFiles.names(in: "\(path)/\(folder)") {
        let below = folder.isEmpty ? name : "\(folder)/\(name)"
        if Self.isFolder("\(path)/\(below)") {
          open.append(below)
        } else {
          files[below] = TestFiles.bytes(of: "\(path)/\(below)") ?? []
        }
      }
    }
    return files
  }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
