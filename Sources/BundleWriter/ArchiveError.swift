/// Why an archive could not be written. What was written so far is no bundle.
public enum ArchiveError: Error, Hashable, Sendable {
  /// The output took no more: the system's error number, such as `ENOSPC` or `EPIPE`.
  case output(errno: CInt, reason: String)
  /// libarchive refused, in its own words.
  case archive(reason: String)
  /// More or fewer bytes were given for an entry than it was announced with.
  case size(path: String, announced: Int, given: Int)
}

extension ArchiveError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .output(_, let reason): "cannot write the bundle: \(reason)"
    case .archive(let reason): "cannot write the bundle: \(reason)"
    case .size(let path, let announced, let given):
      "cannot write the bundle: \(path) was to have \(announced) bytes and has \(given)"
    }
  }
}
