import CArchive
import Glibc

/// Compression of one file, without a name or a time in it: the same bytes give the same bytes.
///
/// Source: RFC 1952; libarchive's raw format and gzip filter.
public enum Gzip {
  /// Returns the compressed bytes; nil when libarchive can't.
  public static func compressing(_ bytes: [UInt8]) -> [UInt8]? {
    guard let archive = archive_write_new(), let entry = archive_entry_new() else { return nil }
    defer {
      archive_entry_free(entry)
      archive_write_free(archive)
    }
    guard archive_write_set_format_raw(archive) == ARCHIVE_OK,
      archive_write_add_filter_gzip(archive) == ARCHIVE_OK,
      archive_write_set_filter_option(archive, "gzip", "timestamp", nil) == ARCHIVE_OK,
      archive_write_set_bytes_per_block(archive, 0) == ARCHIVE_OK
    else { return nil }
    archive_entry_set_filetype(entry, S_IFREG)
    archive_entry_set_pathname(entry, "data")
    // No deflated block is longer than what it holds by more than a thousandth and a few bytes.
    var output = [UInt8](repeating: 0, count: bytes.count + bytes.count / 100 + 4096)
    var used = 0
    let isWritten = output.withUnsafeMutableBytes { room in
      archive_write_open_memory(archive, room.baseAddress, room.count, &used) == ARCHIVE_OK
        && archive_write_header(archive, entry) == ARCHIVE_OK
        && bytes.withUnsafeBytes {
          archive_write_data(archive, $0.baseAddress, $0.count) == $0.count
        }
        && archive_write_close(archive) == ARCHIVE_OK
    }
    return isWritten ? Array(output.prefix(used)) : nil
  }
}
