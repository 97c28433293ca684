import BundleFormat
import CArchive
import Glibc

/// A bundle in a tar archive, compressed or not, read from start to end.
///
/// Source: POSIX pax, "ustar Interchange Format"; archive_read(3).
struct ArchiveContainer: ~Copyable {
  private let archive: OpaquePointer
  private let input: ContainerInput
  private var table: EntryTable
  /// Where reading is.
  private var place = BundleError.Place.beforeFirstEntry

  init(descriptor: CInt, limits: ReadingLimits) throws(BundleError) {
    guard let archive = archive_read_new() else { throw .unreadable(reason: "out of memory") }
    self.archive = archive
    input = ContainerInput(descriptor: descriptor, limits: limits)
    table = EntryTable(limits: limits)
  }

  deinit { archive_read_free(archive) }

  /// Reads all entries.
  ///
  /// - Returns: The entries, and SHA-256 of the container.
  consuming func read() throws(BundleError) -> (table: EntryTable, sha256: Digest) {
    try start()
    while let entry = try nextHeader() { try readEntry(entry) }
    try checkEnd()
    return (table, input.digest())
  }

  private func start() throws(BundleError) {
    // By name, each: some of libarchive's formats and filters start programs.
    let results = [
      archive_read_support_format_tar(archive), archive_read_support_filter_zstd(archive),
      archive_read_support_filter_gzip(archive), archive_read_support_filter_xz(archive),
      archive_read_support_filter_lz4(archive), archive_read_support_filter_bzip2(archive),
      // Without this, what follows the archive's end would not be looked at.
      archive_read_set_format_option(archive, "tar", "read_concatenated_archives", "1"),
    ]
    guard results.allSatisfy({ $0 == ARCHIVE_OK }) else {
      throw .unreadable(reason: "libarchive lacks a filter: \(libraryReason)")
    }
    let client = Unmanaged.passUnretained(input).toOpaque()
    let result = archive_read_open(archive, client, nil, ContainerInput.callback, nil)
    guard result == ARCHIVE_OK else { throw failure }
    // One filter, and libarchive's own end.
    guard archive_filter_count(archive) <= 2 else {
      throw .notABundle(reason: "it is compressed more than once")
    }
  }

  private mutating func nextHeader() throws(BundleError) -> OpaquePointer? {
    var entry: OpaquePointer?
    switch archive_read_next_header(archive, &entry) {
    case ARCHIVE_EOF:
      // A filter that looks for more after its end takes a failure to read for the end.
      if let failure = input.failure { throw failure }
      return nil
    case ARCHIVE_OK, ARCHIVE_WARN: return entry
    default: throw failure
    }
  }

  private mutating func readEntry(_ entry: OpaquePointer) throws(BundleError) {
    let name = Self.name(of: entry)
    if table.entries.last?.path == EntryTable.endPath {
      throw .damaged(place, reason: "an entry follows the last one")
    }
    let type = archive_entry_filetype(entry)
    guard type == S_IFREG || type == S_IFDIR, archive_entry_hardlink(entry) == nil else {
      throw .refusedEntry(
        name: String(decoding: name, as: UTF8.self), reason: "is no plain file and no folder")
    }
    let path = try table.admit(name: name, isFolder: type == S_IFDIR)
    if type == S_IFDIR { return }
    if table.entries.isEmpty && path != EntryTable.manifestPath {
      throw .notABundle(
        reason: "its first entry is \(TerminalText.escaped(path)), not \(EntryTable.manifestPath)")
    }
    place = .inside(path)
    try table.add(path: path, content: try content(of: entry, path: path))
    place = .after(path)
  }

  private func content(of entry: OpaquePointer, path: String) throws(BundleError) -> [UInt8] {
    let size = Int(archive_entry_size(entry))
    guard size >= 0 else { throw .damaged(place, reason: "its size is negative") }
    try table.checkRoom(for: size, path: path)
    var content: [UInt8] = []
    content.reserveCapacity(min(size, Self.trustedBytes))
    while true {
      var start: UnsafeRawPointer?
      var count = 0
      var offset: Int64 = 0
      switch archive_read_data_block(archive, &start, &count, &offset) {
      case ARCHIVE_EOF:
        guard content.count == size else {
          throw .damaged(place, reason: "it has \(content.count) of \(size) bytes")
        }
        return content
      case ARCHIVE_OK, ARCHIVE_WARN: break
      default: throw failure
      }
      guard offset == content.count else {
        throw .refusedEntry(name: path, reason: "is a sparse file")
      }
      try input.checkRatio(decompressedBytes: Int(archive_filter_bytes(archive, 0)))
      try table.checkRoom(for: content.count + count, path: path)
      content.append(
        contentsOf: UnsafeRawBufferPointer(start: start, count: count)
      )
    }
  }

  /// So much is reserved on a header's word alone.
  private static let trustedBytes = 4 << 20

  private func checkEnd() throws(BundleError) {
    guard !table.entries.isEmpty else { throw .notABundle(reason: "the archive is empty") }
    guard table.entries.last?.path == EntryTable.endPath else { throw .truncated(place) }
    // A filter may stop at its own end; behind that must be nothing.
    while !input.isAtEnd { _ = try input.next() }
    guard archive_filter_bytes(archive, -1) == input.totalBytes else {
      throw .damaged(place, reason: "more bytes follow the archive's end")
    }
  }

  /// The name's bytes. libarchive has none for a name that it cannot convert.
  private static func name(of entry: OpaquePointer) -> [UInt8] {
    guard let name = archive_entry_pathname(entry) ?? archive_entry_pathname_utf8(entry) else {
      return []
    }
    return Array(UnsafeRawBufferPointer(start: name, count: strlen(name)))
  }

  // MARK: Errors

  private var libraryReason: String {
    archive_error_string(archive).map { String(cString: $0) } ?? "unknown error"
  }

  /// What a failure of libarchive means here.
  private var failure: BundleError {
    if let failure = input.failure { return failure }
    let reason = TerminalText.escaped(libraryReason)
    // The error of an archive in which no format is recognized.
    if place == .beforeFirstEntry && archive_errno(archive) == EILSEQ {
      return .notABundle(reason: reason)
    }
    if place == .after(EntryTable.endPath) {
      return .damaged(place, reason: "what follows is no archive's end (\(reason))")
    }
    // It wanted more than there was.
    return input.isAtEnd ? .truncated(place) : .damaged(place, reason: reason)
  }
}
