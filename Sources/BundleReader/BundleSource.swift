/// Where a bundle is read from.
public enum BundleSource: Hashable, Sendable {
  /// An archive, or a folder that holds an unpacked one's `manifest.json`.
  case path(String)
  case standardInput

  /// What the bundle is called in reports: the file's name without its folders, or `-`.
  var name: String {
    switch self {
    case .standardInput: "-"
    case .path(let path):
      path.split(separator: "/").last.map(String.init) ?? path
    }
  }
}
