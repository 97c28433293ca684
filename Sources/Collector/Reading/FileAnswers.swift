import Glibc
import Spawn

/// What came of a file question: each file with its bytes or its error.
struct FileAnswers {
  private(set) var files: [(path: String, result: Result<FileContent, FileError>)] = []
  /// The file that was being read when the frames ended; nil when they are whole.
  private(set) var unfinishedPath: String?
  /// When there are no files: whether the folder is there in which they would be.
  private(set) var isFolderThere = false
  /// Why the helper was ended; nil when it was done.
  var cut: ProgramResult.Cut?
  /// Whether the helper ended by itself, but too early.
  var hasHelperFailed = false
  /// Whether the helper could not be ended.
  var isHelperLeftBehind = false
  var durationMilliseconds = 0

  init(_ frames: [FileFrame]) {
    for frame in frames {
      switch frame {
      case .open(let path):
        unfinishedPath = path
      case .read(let content):
        if let path = unfinishedPath { files.append((path, .success(content))) }
        unfinishedPath = nil
      case .failed(let error):
        files.append((error.path, .failure(error)))
        unfinishedPath = nil
      case .nothing(let errorNumber):
        isFolderThere = errorNumber == 0
        unfinishedPath = nil
      }
    }
  }
}
