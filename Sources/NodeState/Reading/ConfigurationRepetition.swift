import BundleFormat

extension ConfigurationReader {
  /// Finds the files of the second reading that say what the first one says.
  ///
  /// Both readings come in the same order, and nearly all files are the same: they are not parsed again.
  struct Repetition {
    private let first: [GuestConfiguration]
    private let bundle: NodeBundle
    /// Which configuration the next file should repeat.
    private var next = 0

    /// How many files may have gone between two that are still there; what follows more is parsed again.
    private static let reach = 8

    /// - Parameter first: What the first reading has, in the order of the bundle.
    init(of first: [GuestConfiguration], in bundle: NodeBundle) {
      self.first = first
      self.bundle = bundle
    }

    /// Returns the first reading's configuration for a file that repeats it; nil for any other file.
    mutating func configuration(of entry: BundleEntry) -> GuestConfiguration? {
      let path = entry.result.planned.path
      for position in next..<min(next + Self.reach, first.count) {
        let before = bundle.entries[Int(first[position].location.entry)]
        guard Self.isSecond(path, of: before.result.planned.path) else { continue }
        next = position + 1
        return Self.isRepeated(entry, of: before) ? first[position] : nil
      }
      return nil
    }

    /// Whether a path is another one below `second/`.
    private static func isSecond(_ path: String, of first: String) -> Bool {
      let (now, before) = (path.utf8.span, first.utf8.span)
      return now.count == before.count + 7 && now.starts(0..<now.count, with: "second/")
        && now.equals(7..<now.count, 0..<before.count, of: before)
    }

    /// Whether an entry is usable and says what an earlier one said.
    private static func isRepeated(_ now: BundleEntry, of before: BundleEntry) -> Bool {
      guard now.result.liveDigest == before.result.liveDigest, EntryFault(of: now) == nil,
        let bytes = now.content, let earlier = before.content
      else { return false }
      return bytes.isSame(as: earlier)
    }
  }
}
