import Glibc
import Spawn

/// The files of one question: read here, or by a helper that may be killed.
struct FileQuestion: Hashable {
  let patterns: [String]
  /// For all files together.
  let limitBytes: Int

  /// Reads the files and hands on each frame as it comes.
  func read(below root: Root, send: (FileFrame) -> Void) {
    var room = limitBytes
    var hasFound = false
    var isFolderThere = false
    for pattern in patterns {
      let isThere = FilePattern(text: pattern).expand(below: root) { path in
        send(.open(path: path))
        do throws(FileError) {
          let content = try root.read(path, limit: room)
          room -= content.bytes.count
          hasFound = true
          send(.read(content))
        } catch {
          if error.isMissing { return }
          hasFound = true
          send(.failed(error))
        }
      } failed: {
        hasFound = true
        send(.failed($0))
      }
      if isThere && pattern.contains("*") { isFolderThere = true }
    }
    if !hasFound { send(.nothing(errorNumber: isFolderThere ? 0 : ENOENT)) }
  }
}
