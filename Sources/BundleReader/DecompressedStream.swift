import BundleFormat
import CArchive
import Glibc

/// A container's bytes behind its compression, if it has one.
///
/// libarchive decompresses and no more: its tar reader converts every name through the C locale, skips
/// what follows an archive's end, and costs a fifth of a bundle's reading.
///
/// Source: archive_read(3), archive_read_filter(3).
final class DecompressedStream {
  private let archive: OpaquePointer
  private let input: ContainerInput
  private let limits: ReadingLimits
  private var decompressedBytes = 0

  init(_ input: ContainerInput, limits: ReadingLimits) throws(BundleError) {
    guard let archive = archive_read_new() else { throw .unreadable(reason: "out of memory") }
    self.archive = archive
    self.input = input
    self.limits = limits
    // By name, each: some of libarchive's formats and filters start programs.
    let results = [
      archive_read_support_format_raw(archive), archive_read_support_filter_zstd(archive),
      archive_read_support_filter_gzip(archive), archive_read_support_filter_xz(archive),
      archive_read_support_filter_lz4(archive), archive_read_support_filter_bzip2(archive),
    ]
    guard results.allSatisfy({ $0 == ARCHIVE_OK }) else {
      throw .unreadable(reason: "libarchive lacks a filter: \(libraryReason)")
    }
  }

  /// Whether a compression was recognized.
  var isCompressed: Bool { archive_filter_count(archive) > 1 }

  deinit { archive_read_free(archive) }

  /// Finds out how the container is compressed.
  ///
  /// - Throws: ``BundleError`` when it is empty, compressed more than once or not readable.
  func start() throws(BundleError) {
    let client = Unmanaged.passUnretained(input).toOpaque()
    let result = archive_read_open(archive, client, nil, ContainerInput.callback, nil)
    guard result == ARCHIVE_OK else { throw failure(at: .beforeFirstEntry) }
    // One filter, and libarchive's own end.
    guard archive_filter_count(archive) <= 2 else {
      throw .notABundle(reason: "it is compressed more than once")
    }
    input.setCompression(isGzip: archive_filter_code(archive, 0) == ARCHIVE_FILTER_GZIP)
    var entry: OpaquePointer?
    switch archive_read_next_header(archive, &entry) {
    case ARCHIVE_OK, ARCHIVE_WARN: return
    case ARCHIVE_EOF:
      if let failure = input.failure { throw failure }
      throw .notABundle(reason: "it is empty")
    default: throw failure(at: .beforeFirstEntry)
    }
  }

  /// Returns the next bytes, valid until the next call; nil at the end.
  ///
  /// - Throws: ``BundleError`` for damage, an end too early, and a bomb.
  func next(at place: BundleError.Place) throws(BundleError) -> UnsafeRawBufferPointer? {
    var start: UnsafeRawPointer?
    var count = 0
    var offset: Int64 = 0
    switch archive_read_data_block(archive, &start, &count, &offset) {
    case ARCHIVE_OK, ARCHIVE_WARN: break
    case ARCHIVE_EOF:
      // A filter that looks for more after its end takes a failure to read for the end.
      if let failure = input.failure { throw failure }
      note(UnsafeRawBufferPointer(start: nil, count: 0))
      return nil
    default: throw failure(at: place)
    }
    decompressedBytes += count
    guard
      decompressedBytes <= limits.bytesBeforeRatio
        || decompressedBytes / max(1, input.totalBytes) <= limits.ratio
    else { throw .limit(reason: "it decompresses to more than \(limits.ratio) times its size") }
    guard decompressedBytes <= limits.streamBytes else {
      throw .limit(reason: "it goes on for more than \(limits.streamBytes) bytes")
    }
    let block = UnsafeRawBufferPointer(start: start, count: count)
    note(block)
    return block
  }

  private func note(_ block: UnsafeRawBufferPointer) {
    input.add(decompressed: block, taken: Int(archive_filter_bytes(archive, -1)))
  }

  /// Whether the container holds bytes that no filter took.
  func hasMore() throws(BundleError) -> Bool {
    while !input.isAtEnd { _ = try input.next() }
    return archive_filter_bytes(archive, -1) != input.totalBytes
  }

  /// Whether the bytes are those that were compressed, where libarchive doesn't look: it skips what gzip
  /// says of them, and nothing else. Only at the end.
  var isIntact: Bool { input.gzip?.isIntact ?? true }

  private var libraryReason: String {
    archive_error_string(archive).map { TerminalText.escaped(String(cString: $0)) }
      ?? "unknown error"
  }

  /// What a failure of libarchive means here.
  private func failure(at place: BundleError.Place) -> BundleError {
    if let failure = input.failure { return failure }
    // What a collector that failed leaves of a pipe: libarchive calls it an unknown format.
    if input.totalBytes == 0 { return .notABundle(reason: "it is empty") }
    // The error of an archive in which nothing is recognized.
    if place == .beforeFirstEntry && archive_errno(archive) == EILSEQ {
      return .notABundle(reason: libraryReason)
    }
    // At the end, it wanted more than there was; behind the last entry, there was too much.
    let isCut = input.isAtEnd && place != .after(EntryTable.endPath)
    return isCut ? .truncated(place) : .damaged(place, reason: libraryReason)
  }
}
