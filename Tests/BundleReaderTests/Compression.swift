import CArchive

/// Filters that bundles are read through and that the writer doesn't write.
enum ForeignFilter: String, CaseIterable {
  case xz, lz4, bzip2

  /// Compresses bytes, as the program of that name would.
  func compress(_ bytes: [UInt8]) -> [UInt8] {
    Self.compress(bytes) { archive in
      switch self {
      case .xz: archive_write_add_filter_xz(archive)
      case .lz4: archive_write_add_filter_lz4(archive)
      case .bzip2: archive_write_add_filter_bzip2(archive)
      }
    }
  }

  /// Makes one member of a gzip file.
  ///
  /// - Parameter level: 0 stores the bytes as they are.
  static func gzip(_ bytes: [UInt8], level: Int = 6) -> [UInt8] {
    compress(bytes) { archive in
      let result = archive_write_add_filter_gzip(archive)
      archive_write_set_filter_option(archive, "gzip", "compression-level", "\(level)")
      return result
    }
  }

  private static func compress(
    _ bytes: [UInt8], adding filter: (OpaquePointer) -> CInt
  ) -> [UInt8] {
    let archive = archive_write_new()!
    defer { archive_write_free(archive) }
    archive_write_set_format_raw(archive)
    _ = filter(archive)
    archive_write_set_bytes_in_last_block(archive, 1)
    let entry = archive_entry_new()!
    defer { archive_entry_free(entry) }
    archive_entry_set_pathname(entry, "data")
    archive_entry_set_filetype(entry, 0o100000)
    var result = [UInt8](repeating: 0, count: bytes.count * 2 + 65_536)
    var used = 0
    result.withUnsafeMutableBytes { buffer in
      archive_write_open_memory(archive, buffer.baseAddress, buffer.count, &used)
      archive_write_header(archive, entry)
      archive_write_data(archive, bytes, bytes.count)
      archive_write_close(archive)
    }
    return Array(result[..<used])
  }
}
