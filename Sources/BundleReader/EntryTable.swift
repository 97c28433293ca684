import BundleFormat
import Glibc

/// The entries of a bundle as they come in, whichever container they come from.
struct EntryTable {
  static let manifestPath = "manifest.json"
  static let endPath = "manifest-end.json"
  /// Where the second reading's entries lie.
  private static let secondFolder = "second/"
  /// Compressed bytes of the container for each entry: most are small files.
  private static let bytesPerEntry = 400
  /// An entry from this size on takes longer to be read than a thread should wait.
  private static let longBytes = 524_288

  struct Entry {
    let path: String
    let content: [UInt8]
  }

  let limits: ReadingLimits
  private(set) var entries: [Entry] = []
  /// Read as soon as it came, so that a newer format is told before its other novelties are refused.
  private(set) var manifest: Manifest?
  private(set) var totalBytes = 0
  /// At work since the first entry came.
  let hashing: EntryHashing
  private var positions: [String: Int] = [:]
  /// The position behind the entry that a second reading repeated last.
  private var nextOriginal = 0
  private var top: ArraySlice<UInt8>?
  private var nameCount = 0

  /// - Parameter containerBytes: The container's size, from which the number of entries is guessed; 0 when it
  ///   is not known.
  init(
    limits: ReadingLimits, containerBytes: Int = 0, idleWork: (() -> Bool)? = nil
  ) {
    self.limits = limits
    hashing = EntryHashing(idleWork: idleWork)
    let guess = max(0, containerBytes) / Self.bytesPerEntry
    positions.reserveCapacity(min(guess, limits.entryCount))
  }

  /// Whether an entry is hashed while it is read. What a second reading has is mostly a repetition.
  static func isHashedWhileRead(_ path: String, sizeBytes: Int) -> Bool {
    sizeBytes >= longBytes && !isManifest(path) && !path.hasPrefix(secondFolder)
  }

  /// Whether a path is one of the manifests', of which no result tells.
  static func isManifest(_ path: String) -> Bool { path == manifestPath || path == endPath }

  /// Returns the position of the entry with that path; nil when there is none.
  func position(of path: String) -> Int? { positions[path] }

  /// Takes note of a name.
  ///
  /// - Returns: The entry's path below the top folder.
  /// - Throws: ``BundleError`` for a name that is refused, was there before or is one too many.
  mutating func admit(name: [UInt8], isFolder: Bool) throws(BundleError) -> String {
    nameCount += 1
    guard nameCount <= limits.entryCount else {
      throw .limit(reason: "it has more than \(limits.entryCount) entries")
    }
    let name = try EntryName(name, isFolder: isFolder, limits: limits)
    if let top {
      guard top.span.hasSameBytes(as: name.top.span) else {
        throw .refusedEntry(
          name: String(decoding: name.top, as: UTF8.self), reason: "is a second top folder")
      }
    } else {
      top = name.top
    }
    // A file that is admitted is the next entry.
    guard isFolder || positions.updateValue(entries.count, forKey: name.path) == nil else {
      throw .refusedEntry(name: name.path, reason: "is there twice")
    }
    return name.path
  }

  /// Checks whether an entry's bytes, as far as they are known, may be held.
  func checkRoom(for sizeBytes: Int, path: String) throws(BundleError) {
    guard sizeBytes <= limits.entryBytes else {
      throw .limit(
        reason: "\(TerminalText.escaped(path)) has more than \(limits.entryBytes) bytes")
    }
    guard sizeBytes <= limits.totalBytes - totalBytes else {
      throw .limit(
        reason: "it has more than \(limits.totalBytes) bytes, at \(TerminalText.escaped(path))")
    }
  }

  /// Adds a file's bytes.
  ///
  /// - Throws: ``BundleError`` for too long a line, and what the manifest gives rise to.
  mutating func add(path: String, content: [UInt8]) throws(BundleError) {
    // No line of a manifest becomes evidence, and other tools write theirs on one.
    guard Self.isManifest(path) || content.longestLineIsWithin(limits.lineBytes) else {
      throw .limit(
        reason: "\(TerminalText.escaped(path)) has a line of more than \(limits.lineBytes) bytes")
    }
    if path == Self.manifestPath { manifest = try Self.manifest(from: content) }
    totalBytes += content.count
    let original = original(of: path, content: content)
    hashing.add(content, isNamed: !Self.isManifest(path), original: original)
    entries.append(Entry(path: path, content: original.map { entries[$0].content } ?? content))
  }

  /// The entry of the first reading that a second one repeats byte by byte. Most do: their bytes are held
  /// once, and hashed and compared once.
  private mutating func original(of path: String, content: [UInt8]) -> Int? {
    guard path.hasPrefix(Self.secondFolder), let first = first(of: path) else { return nil }
    nextOriginal = first + 1
    let before = entries[first].content
    return before.span.hasSameBytes(as: content.span) ? first : nil
  }

  /// The entry of the first reading with the path of one of the second. Both are in the same order, or
  /// nearly so: the next one is looked at first.
  private func first(of path: String) -> Int? {
    let prefixBytes = Self.secondFolder.utf8.count
    if nextOriginal < entries.count {
      let next = entries[nextOriginal].path
      if path.utf8.span.extracting(prefixBytes...).hasSameBytes(as: next.utf8.span) {
        return nextOriginal
      }
    }
    return positions[String(decoding: path.utf8.dropFirst(prefixBytes), as: UTF8.self)]
  }

  private static func manifest(from content: [UInt8]) throws(BundleError) -> Manifest {
    do throws(ManifestError) {
      return try Manifest(parsing: content)
    } catch .newerFormat(let format) {
      throw .newerFormat(format)
    } catch {
      throw .damaged(.inside(manifestPath), reason: error.description)
    }
  }
}

extension Span<UInt8> {
  fileprivate func hasSameBytes(as other: Span<UInt8>) -> Bool {
    guard count == other.count else { return false }
    return withUnsafeBytes { bytes in
      other.withUnsafeBytes { otherBytes in
        bytes.isEmpty || memcmp(bytes.baseAddress!, otherBytes.baseAddress!, bytes.count) == 0
      }
    }
  }
}

extension [UInt8] {
  /// Whether no line, without its break, has more bytes than that.
  fileprivate func longestLineIsWithin(_ limit: Int) -> Bool {
    if count <= limit { return true }
    return withUnsafeBytes { bytes in
      var start = 0
      // As far as a line may reach, from there back to a break: what lies between is not looked at.
      while bytes.count - start > limit {
        guard let last = bytes[start...(start + limit)].lastIndex(of: 0x0A) else { return false }
        start = last + 1
      }
      return true
    }
  }
}
