import BundleFormat
import CArchive
import Glibc

/// Writes a bundle's archive, entry by entry, holding no more than one block of it.
///
/// The same entries give the same bytes: owner 0, mode 0600, one time for all. Without ``close()`` the
/// archive stays unfinished, and no reader takes it for a whole one. `SIGPIPE` is the program's to ignore;
/// then a closed pipe is an error like a full disk.
///
/// Source: POSIX pax, "ustar Interchange Format"; archive_write(3).
public final class ArchiveWriter {
  public enum Format: String, CaseIterable, Sendable {
    case zst, gz, tar
  }

  private let archive: OpaquePointer
  private let output: ArchiveOutput
  private let top: String
  private let modifiedAt: Timestamp
  /// The entry that is being written: announced and given bytes.
  private var open: (path: String, sizeBytes: Int, given: Int)?

  /// Starts an archive that is written to a descriptor, which stays the caller's to close.
  ///
  /// - Parameters:
  ///   - top: The name of the one folder that everything lies in.
  ///   - modifiedAt: The time that every entry gets.
  /// - Throws: ``ArchiveError`` when libarchive lacks the format or the output fails.
  public convenience init(
    to descriptor: CInt, format: Format, top: String, modifiedAt: Timestamp
  ) throws(ArchiveError) {
    try self.init(
      output: ArchiveOutput(descriptor: descriptor), format: format, top: top,
      modifiedAt: modifiedAt)
  }

  /// Starts an archive whose bytes go to a function, which returns 0 or the error number that ends it.
  public convenience init(
    format: Format, top: String, modifiedAt: Timestamp,
    sink: @escaping (UnsafeRawBufferPointer) -> CInt
  ) throws(ArchiveError) {
    try self.init(
      output: ArchiveOutput(sink), format: format, top: top, modifiedAt: modifiedAt)
  }

  private init(
    output: ArchiveOutput, format: Format, top: String, modifiedAt: Timestamp
  ) throws(ArchiveError) {
    guard let archive = archive_write_new() else { throw .archive(reason: "out of memory") }
    self.archive = archive
    self.output = output
    self.top = top
    self.modifiedAt = modifiedAt
    try check(archive_write_set_format_pax_restricted(archive))
    switch format {
    case .zst:
      try check(archive_write_add_filter_zstd(archive))
      try check(
        archive_write_set_filter_option(
          archive, "zstd", "compression-level", Self.zstdLevel))
    case .gz:
      try check(archive_write_add_filter_gzip(archive))
      // No time in gzip's header: the same entries, the same bytes.
      try check(archive_write_set_filter_option(archive, "gzip", "timestamp", nil))
    case .tar: break
    }
    try check(archive_write_set_bytes_per_block(archive, Self.blockBytes))
    try check(archive_write_set_bytes_in_last_block(archive, 1))
    let client = Unmanaged.passUnretained(output).toOpaque()
    try check(archive_write_open(archive, client, nil, ArchiveOutput.callback, nil))
  }

  deinit {
    // Freeing alone would finish the archive. After this it is left as it is.
    archive_write_fail(archive)
    archive_write_free(archive)
  }

  /// A block of 64 KiB: few system calls, and no more memory than the filter's own buffer.
  private static let blockBytes: CInt = 65_536
  /// zstd's own default; higher levels cost memory that the collector does not have.
  private static let zstdLevel = "3"

  /// Writes a whole entry.
  public func write(path: String, content: [UInt8]) throws(ArchiveError) {
    try begin(path: path, sizeBytes: content.count)
    try append(content)
    try finish()
  }

  /// Starts an entry of known size; its bytes come by ``append(_:)-([UInt8])``.
  public func begin(path: String, sizeBytes: Int) throws(ArchiveError) {
    guard let entry = archive_entry_new() else { throw .archive(reason: "out of memory") }
    defer { archive_entry_free(entry) }
    // Not the UTF-8 setter: with a name beyond ASCII in the C locale, it crashes.
    archive_entry_set_pathname(entry, "\(top)/\(path)")
    archive_entry_set_filetype(entry, S_IFREG)
    archive_entry_set_perm(entry, 0o600)
    archive_entry_set_size(entry, Int64(sizeBytes))
    archive_entry_set_mtime(entry, Int(modifiedAt.secondsSinceEpoch), 0)
    try check(archive_write_header(archive, entry))
    open = (path, sizeBytes, 0)
  }

  /// Writes more bytes of the open entry.
  public func append(_ bytes: [UInt8]) throws(ArchiveError) {
    let failure = bytes.withUnsafeBytes { append($0) }
    if let failure { throw failure }
  }

  /// Writes more bytes of the open entry.
  public func append(_ bytes: ArraySlice<UInt8>) throws(ArchiveError) {
    let failure = bytes.withUnsafeBytes { append($0) }
    if let failure { throw failure }
  }

  private func append(_ bytes: UnsafeRawBufferPointer) -> ArchiveError? {
    var rest = bytes
    open?.given += rest.count
    while !rest.isEmpty {
      let count = archive_write_data(archive, rest.baseAddress, rest.count)
      if count < 0 { return failure }
      // libarchive drops what is beyond the announced size.
      if count == 0 { return sizeMismatch }
      rest = UnsafeRawBufferPointer(rebasing: rest[min(count, rest.count)...])
    }
    return nil
  }

  /// Ends the open entry.
  ///
  /// - Throws: ``ArchiveError/size(path:announced:given:)`` when it has not got as many bytes as announced.
  public func finish() throws(ArchiveError) {
    if let sizeMismatch { throw sizeMismatch }
    try check(archive_write_finish_entry(archive))
    open = nil
  }

  private var sizeMismatch: ArchiveError? {
    guard let open, open.given != open.sizeBytes else { return nil }
    return .size(path: open.path, announced: open.sizeBytes, given: open.given)
  }

  /// Writes the archive's end. Nothing can be written afterwards.
  public func close() throws(ArchiveError) {
    try check(archive_write_close(archive))
  }

  // MARK: Errors

  private func check(_ result: CInt) throws(ArchiveError) {
    if result < ARCHIVE_WARN { throw failure }
  }

  private var failure: ArchiveError {
    if output.failure != 0 {
      return .output(errno: output.failure, reason: String(cString: strerror(output.failure)))
    }
    guard let reason = archive_error_string(archive) else {
      return .archive(reason: "error \(archive_errno(archive))")
    }
    return .archive(reason: String(cString: reason))
  }
}
