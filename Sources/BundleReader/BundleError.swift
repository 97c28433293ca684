import BundleFormat

/// Why a bundle was not read. None of these is judged.
public enum BundleError: Error, Hashable, Sendable {
  /// The file, folder or stream could not be opened or read: the system's words.
  case unreadable(reason: String)
  /// It is no archive, or one of something else.
  case notABundle(reason: String)
  /// An entry that no bundle has: a link, a device, a name that leads elsewhere.
  case refusedEntry(name: String, reason: String)
  /// The bytes are not as they were written.
  case damaged(Place, reason: String)
  /// The bundle ends before its last entry.
  case truncated(Place)
  /// It holds more than is read: the limit's sentence.
  case limit(reason: String)
  /// Only a newer version of this program reads it.
  case newerFormat(Int)

  /// A place in an archive.
  public enum Place: Hashable, Sendable {
    case beforeFirstEntry
    /// Within the bytes of an entry, named by its path below the top folder.
    case inside(String)
    /// Between the end of an entry and the start of the next.
    case after(String)
  }
}

extension BundleError: CustomStringConvertible {
  /// What the operator reads, behind the bundle's name.
  public var description: String {
    switch self {
    case .unreadable(let reason): "cannot be read: \(reason)"
    case .notABundle(let reason): "is no bundle: \(reason)"
    case .refusedEntry(let name, let reason):
      "is refused: \"\(TerminalText.escaped(name))\" \(reason)"
    case .damaged(let place, let reason): "is damaged \(place): \(reason)"
    case .truncated(let place): "is truncated: it ends \(place)"
    case .limit(let reason): "is refused: \(reason)"
    case .newerFormat(let format):
      "is of format \(format), this version reads up to \(Manifest.currentFormat)"
    }
  }
}

extension BundleError.Place: CustomStringConvertible {
  public var description: String {
    switch self {
    case .beforeFirstEntry: "before its first entry"
    case .inside(let path): "inside \(TerminalText.escaped(path))"
    case .after(let path): "after \(TerminalText.escaped(path))"
    }
  }
}
