import BundleFormat
import Spawn

/// Why there is no bundle.
public enum OutputError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The folder can't be used.
  case folder(String, errorNumber: Int32)
  /// A write failed; nil for the spool.
  case write(String?, errorNumber: Int32)
  /// Standard output took nothing more in time.
  case stalled
  /// Another run writes into the folder; its process number, where it is known.
  case busy(folder: String, pid: Int?)
  /// What is at the target is no file that may be replaced.
  case notAFile(String)
  /// An answer holds a secret value that was found in another place; the question, where it is one's,
  /// and nil for a path that holds the secret itself.
  case secretFound(path: String?, origin: String, source: SourceID?)
  /// The archive could not be made, in libarchive's words.
  case archive(String)

  public var description: String {
    switch self {
    case .folder(let folder, let errorNumber):
      "\(folder): \(ErrorText.of(errorNumber))"
    case .write(let path?, let errorNumber):
      "\(path) could not be written: \(ErrorText.of(errorNumber))"
    case .write(nil, let errorNumber):
      "the answers could not be kept until the end: \(ErrorText.of(errorNumber))"
    case .stalled:
      "standard output took nothing more in time"
    case .busy(let folder, let pid?):
      "another dmcollect (process \(pid)) writes into \(folder)"
    case .busy(let folder, nil):
      "another dmcollect writes into \(folder)"
    case .notAFile(let path):
      "\(path) is no file: it will not be replaced"
    case .secretFound(let path, let origin, let source?):
      "\(path ?? "a file's name") would hold a secret value (\(origin)); leave that question out with "
        + "--skip \(source.rawValue), or change the secret"
    case .secretFound(let path, let origin, nil):
      "\(path ?? "a file's name") would hold a secret value (\(origin)), and no question can be left "
        + "out for that: change the secret, or what is named like it"
    case .archive(let words):
      "the archive could not be made: \(words)"
    }
  }
}
