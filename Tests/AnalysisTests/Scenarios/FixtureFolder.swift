import Glibc

/// A folder of test files, by paths below it.
struct FixtureFolder {
  let path: String

  /// The folder `Tests/Fixtures/scenarios` of this package.
  static let scenarios = FixtureFolder(path: packageRoot + "/Tests/Fixtures/scenarios")

  private static var packageRoot: String {
    // This file is Tests/AnalysisTests/Scenarios/FixtureFolder.swift.
    #filePath.split(separator: "/").dropLast(4).map { "/" + $0 }.joined()
  }

  /// The names of the folders right below, in the order of their bytes.
  var folders: [String] { names(of: path).filter { Self.isFolder("\(path)/\($0)") } }

  /// Reads every file below, however deep, by its path below this folder.
  func files() -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    var open = [""]
    while let folder = open.popLast() {
      for name in names(of: "\(path)/\(folder)") {
        let below = folder.isEmpty ? name : "\(folder)/\(name)"
        if Self.isFolder("\(path)/\(below)") {
          open.append(below)
        } else {
          files[below] = Self.content(of: "\(path)/\(below)")
        }
      }
    }
    return files
  }

  private func names(of folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  private static func content(of path: String) -> [UInt8] {
    guard let file = fopen(path, "rb") else { return [] }
    defer { fclose(file) }
    var content: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = fread(&chunk, 1, chunk.count, file)
      if count == 0 { return content }
      content += chunk[..<count]
    }
  }
}
