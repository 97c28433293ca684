import Glibc
import Spawn

/// A file or folder that could not be read.
struct FileError: Error, Hashable, CustomStringConvertible {
  let path: String
  let errorNumber: Int32

  /// Whether there is no such file, so that nothing has failed.
  var isMissing: Bool { errorNumber == ENOENT || errorNumber == ENOTDIR }

  var description: String { "\(path): \(ErrorText.of(errorNumber))" }
}
