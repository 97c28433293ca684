/// Why a manifest cannot be used.
public enum ManifestError: Error, Hashable, Sendable {
  case invalidJSON(JSONError)
  /// The manifest is of a format that only a newer version reads.
  case newerFormat(Int)
  /// A key that every manifest has is not there, or its value is of another kind: `node.name`.
  case missing(key: String, line: Int)
}

extension ManifestError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .invalidJSON(let error): error.description
    case .newerFormat(let format):
      "it is of format \(format); this version reads up to format \(Manifest.currentFormat)"
    case .missing(let key, let line): "line \(line): there is no usable \"\(key)\""
    }
  }
}
